/** Reports as smartctl prints them, made up from the format: a Seagate that loses sectors, an NVMe disk that wears out. */

export const head = (device: string, exit = 0, messages: readonly string[] = []) => ({
  json_format_version: [1, 0],
  smartctl: {
    version: [7, 3],
    argv: ['smartctl', '-n', 'standby', '-a', '-j', device],
    messages: messages.map((string) => ({ string, severity: 'error' })),
    exit_status: exit,
  },
});

const attribute = (
  id: number,
  name: string,
  value: number,
  thresh: number,
  raw: number,
  string: string,
  when = '',
) => ({
  ...{ id, name, value, worst: value, thresh, when_failed: when },
  flags: { value: 51, string: 'PO--CK ', prefailure: true },
  raw: { value: raw, string },
});

export const seagate = {
  ...head('/dev/sda', 64),
  device: { name: '/dev/sda', info_name: '/dev/sda [SAT]', type: 'sat', protocol: 'ATA' },
  model_name: 'ST4000VN008-2DR166',
  serial_number: 'ZGY00001',
  wwn: { naa: 5, oui: 3152, id: 12345 },
  firmware_version: 'SC60',
  user_capacity: { blocks: 7814037168, bytes: 4000787030016 },
  logical_block_size: 512,
  rotation_rate: 5980,
  in_smartctl_database: true,
  smart_status: { passed: true },
  ata_smart_attributes: {
    revision: 10,
    table: [
      attribute(1, 'Raw_Read_Error_Rate', 83, 44, 181426040, '181426040'),
      attribute(5, 'Reallocated_Sector_Ct', 98, 10, 16, '16'),
      attribute(9, 'Power_On_Hours', 60, 0, 118747255834804, '35252h+16m+27.108s'),
      attribute(12, 'Power_Cycle_Count', 100, 20, 31, '31'),
      attribute(187, 'Reported_Uncorrect', 98, 0, 2, '2'),
      attribute(188, 'Command_Timeout', 100, 0, 4295032833, '4295032833'),
      attribute(190, 'Airflow_Temperature_Cel', 65, 40, 589758499, '35 (Min/Max 20/45)'),
      attribute(194, 'Temperature_Celsius', 35, 0, 85899345955, '35 (0 20 0 0 0)'),
      attribute(197, 'Current_Pending_Sector', 100, 0, 8, '8'),
      attribute(198, 'Offline_Uncorrectable', 100, 0, 8, '8'),
      attribute(199, 'UDMA_CRC_Error_Count', 200, 0, 0, '0'),
      attribute(241, 'Total_LBAs_Written', 100, 0, 1000, '1000'),
    ],
  },
  ata_smart_self_test_log: {
    standard: {
      table: [
        {
          type: { value: 1, string: 'Short offline' },
          status: { value: 112, string: 'Completed: read failure', remaining_percent: 90, passed: false },
        },
      ],
    },
  },
};

export const worn = {
  ...head('/dev/nvme0'),
  device: { name: '/dev/nvme0', type: 'nvme', protocol: 'NVMe' },
  model_name: 'Consumer NVMe 1TB',
  serial_number: 'S1',
  user_capacity: { bytes: 1000204886016 },
  smart_status: { passed: true, nvme: { value: 0 } },
  nvme_smart_health_information_log: {
    ...{ critical_warning: 5, temperature: 51, available_spare: 4, available_spare_threshold: 10 },
    ...{ percentage_used: 97, data_units_read: 10, data_units_written: 20 },
    ...{ power_cycles: 12, power_on_hours: 900, media_errors: 3 },
  },
  temperature: { current: 51 },
};

export const ataText = `smartctl 6.6 2016-05-31 r4324 [x86_64-linux-4.9.0] (local build)
Copyright (C) 2002-16, Bruce Allen, Christian Franke, www.smartmontools.org

=== START OF INFORMATION SECTION ===
Device Model:     ST4000VN008-2DR166
Serial Number:    ZGY00001
LU WWN Device Id: 5 000c50 000003039
Firmware Version: SC60
User Capacity:    4.000.787.030.016 bytes [4,00 TB]
Rotation Rate:    5980 rpm
Device is:        In smartctl database [for details use: -P show]
SMART support is: Enabled

=== START OF READ SMART DATA SECTION ===
SMART overall-health self-assessment test result: FAILED!

ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE
  5 Reallocated_Sector_Ct   0x0033   005   005   010    Pre-fail  Always   FAILING_NOW 3992
  9 Power_On_Hours          0x0032   060   060   000    Old_age   Always       -       35252 (99 45 0)
194 Temperature_Celsius     0x0022   035   045   000    Old_age   Always       -       35 (0 20 0 0 0)
197 Current_Pending_Sector  0x0012   100   100   000    Old_age   Always       -       1

SMART Self-test log structure revision number 1
Num  Test_Description    Status                  Remaining  LifeTime(hours)  LBA_of_first_error
# 1  Extended offline    Completed: read failure       90%     35240         123456
`;

export const nvmeText = `smartctl 6.6 2016-05-31 r4324 [x86_64-linux-4.9.0] (local build)

=== START OF INFORMATION SECTION ===
Model Number:                       Consumer NVMe 1TB
Serial Number:                      S1
Firmware Version:                   1.0
Total NVM Capacity:                 1,000,204,886,016 [1.00 TB]

=== START OF SMART DATA SECTION ===
SMART overall-health self-assessment test result: PASSED

SMART/Health Information (NVMe Log 0x02, NSID 0xffffffff)
Critical Warning:                   0x00
Temperature:                        48 Celsius
Available Spare:                    100%
Available Spare Threshold:          5%
Percentage Used:                    4%
Data Units Read:                    28,337,502 [14.5 TB]
Data Units Written:                 76,471,882 [39.1 TB]
Power Cycles:                       1,815
Power On Hours:                     8,733
Media and Data Integrity Errors:    0
`;

export const scsiText = `smartctl 7.1 2019-12-30 r5022 [x86_64-linux-5.4.0] (local build)

=== START OF INFORMATION SECTION ===
Vendor:               SEAGATE
Product:              ST600MM0006
Revision:             LS08
User Capacity:        600,127,266,816 bytes [600 GB]
Rotation Rate:        10500 rpm
Logical Unit id:      0x5000c50012345678
Serial number:        S0M00001
Transport protocol:   SAS (SPL-3)

=== START OF READ SMART DATA SECTION ===
SMART Health Status: FIRMWARE IMPENDING FAILURE DATA ERROR RATE TOO HIGH [asc=5d, ascq=62]
Current Drive Temperature:     31 C
Drive Trip Temperature:        60 C

Accumulated power on time, hours:minutes 22364:52
Elements in grown defect list: 12

Error counter log:
           Errors Corrected by           Total   Correction     Gigabytes    Total
               ECC          rereads/    errors   algorithm      processed    uncorrected
           fast | delayed   rewrites  corrected  invocations   [10^9 bytes]  errors
read:          0    40247         0     40247     304122     162438.759           2
write:         0        0         0         0       4187     127551.260           1
`;
