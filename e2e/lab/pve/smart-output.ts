/** What `smartctl -a -j` of 7.3 prints of the host's disks. */

export interface LabNvme {
  readonly critical_warning: number;
  readonly temperature: number;
  readonly available_spare: number;
  readonly percentage_used: number;
  readonly media_errors: number;
}

export interface LabHdd {
  readonly reallocated: number;
  readonly pending: number;
}

/** `smartctl --scan`, as the kernel's disks are. */
export const smartScan = ['sda', 'sdb', 'sdc', 'sdd']
  .map((name) => `/dev/${name} -d scsi # /dev/${name}, SCSI device\n`)
  .concat(['nvme0', 'nvme1'].map((name) => `/dev/${name} -d nvme # /dev/${name}, NVMe device\n`))
  .join('');

function head(device: string, type: string, protocol: string, exit: number) {
  return {
    json_format_version: [1, 0],
    smartctl: { version: [7, 3], argv: ['smartctl', '-n', 'standby', '-a', '-j', device], exit_status: exit },
    device: { name: device, info_name: device, type, protocol },
  };
}

/** A disk that wears out: https://nvmexpress.org/specifications, SMART / Health Information. */
export function nvmeReport(device: string, serial: string, nvme: LabNvme): string {
  const passed = nvme.critical_warning === 0;
  return document({
    ...head(device, 'nvme', 'NVMe', passed ? 0 : 8),
    ...{ model_name: 'Lab NVMe 1TB', serial_number: serial, firmware_version: '2.1' },
    user_capacity: { blocks: 1_953_525_168, bytes: 1_000_204_886_016 },
    smart_status: { passed, nvme: { value: nvme.critical_warning } },
    nvme_smart_health_information_log: {
      ...{ ...nvme, available_spare_threshold: 10, data_units_read: 28_000_000, data_units_written: 76_000_000 },
      ...{ power_cycles: 41, power_on_hours: 21_900, unsafe_shutdowns: 3 },
    },
    temperature: { current: nvme.temperature },
  });
}

export function hddReport(device: string, serial: string, { reallocated, pending }: LabHdd): string {
  const attribute = (id: number, name: string, thresh: number, raw: number) => ({
    ...{ id, name, value: 100, worst: 100, thresh, when_failed: '' },
    flags: { value: 51, string: 'PO--CK ', prefailure: thresh > 0 },
    raw: { value: raw, string: String(raw) },
  });
  return document({
    ...head(device, 'sat', 'ATA', 0),
    ...{ model_name: 'Lab HDD 4TB', serial_number: serial, firmware_version: 'L1', rotation_rate: 7200 },
    ...{ in_smartctl_database: true, logical_block_size: 512, smart_status: { passed: true } },
    user_capacity: { blocks: 7_814_037_168, bytes: 4_000_787_030_016 },
    ata_smart_attributes: {
      revision: 16,
      table: [
        attribute(5, 'Reallocated_Sector_Ct', 10, reallocated),
        attribute(9, 'Power_On_Hours', 0, 21_900),
        attribute(194, 'Temperature_Celsius', 0, 34),
        attribute(197, 'Current_Pending_Sector', 0, pending),
        attribute(198, 'Offline_Uncorrectable', 0, 0),
        attribute(199, 'UDMA_CRC_Error_Count', 0, 0),
      ],
    },
    ...{ power_on_time: { hours: 21_900 }, power_cycle_count: 41, temperature: { current: 34 } },
  });
}

/** A disk that sleeps, and is left asleep: no more than that is told, and exit 2. */
export function asleepReport(device: string): string {
  const report = head(device, 'sat', 'ATA', 2);
  const messages = [{ string: 'Device is in STANDBY mode, exit(2)', severity: 'information' }];
  return document({ ...report, smartctl: { ...report.smartctl, messages } });
}

function document(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
