import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smartSchema } from '../../../../contract/storage.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { smart } from './smart.ts';
import { ataText, head, nvmeText, scsiText, seagate, worn } from './smart-fixture.ts';

const parse = (text: string, more = {}) => run(smart, { 'smart.disks': record(text, more) });
const disksOf = (text: string, more = {}) => {
  const outcome = parse(text, more);
  return outcome.status === 'ok' ? smartSchema.parse(outcome.value).disks : outcome;
};
const pretty = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const nothing = {
  ...{ type: null, model: null, serial: null, firmware: null, protocol: null, capacity_bytes: null },
  ...{ rotation_rpm: null, standby: false, passed: null, verdict: null, reasons: [], temperature_celsius: null },
  ...{ complaints: [], warm_celsius: null, hot_celsius: null },
  ...{ power_on_hours: null, power_cycles: null, worn_percent: null, spare_percent: null },
  ...{ spare_threshold_percent: null, reallocated_sectors: null, pending_sectors: null, uncorrectable_sectors: null },
  ...{ crc_errors: null, uncorrected_errors: null, command_timeouts: null, media_errors: null },
  ...{ critical_warning: null, grown_defects: null, read_bytes: null, written_bytes: null, self_test: null },
};

const ata = {
  ...nothing,
  ...{ device: '/dev/sda', type: 'sat', model: 'ST4000VN008-2DR166', serial: 'ZGY00001', firmware: 'SC60' },
  ...{ protocol: 'ATA', capacity_bytes: 4000787030016, rotation_rpm: 5980, passed: true, temperature_celsius: 35 },
  ...{ power_on_hours: 35252, power_cycles: 31, reallocated_sectors: 16, pending_sectors: 8, uncorrectable_sectors: 8 },
  ...{ crc_errors: 0, uncorrected_errors: 2, command_timeouts: 1, written_bytes: 512000 },
  self_test: 'Short offline: Completed: read failure',
  verdict: 'bad',
  complaints: [{ level: 'bad', text: 'self-test failed: Short offline: Completed: read failure' }],
  reasons: [
    'self-test failed: Short offline: Completed: read failure',
    '8 pending sectors',
    '8 uncorrectable sectors',
    '2 uncorrected errors',
    '16 reallocated sectors',
  ],
};
const nvme = {
  ...nothing,
  ...{ device: '/dev/nvme0', type: 'nvme', model: 'Consumer NVMe 1TB', serial: 'S1', protocol: 'NVMe' },
  ...{ capacity_bytes: 1000204886016, rotation_rpm: 0, passed: true, temperature_celsius: 51, power_on_hours: 900 },
  ...{ power_cycles: 12, worn_percent: 97, spare_percent: 4, spare_threshold_percent: 10, media_errors: 3 },
  ...{ critical_warning: 5, read_bytes: 5_120_000, written_bytes: 10_240_000, verdict: 'bad' },
  reasons: ['spare below its threshold', 'reliability degraded by errors', '3 media errors', '97 % worn'],
  complaints: [
    { level: 'bad', text: 'spare below its threshold' },
    { level: 'bad', text: 'reliability degraded by errors' },
  ],
};

describe('JSON', () => {
  test('documents one after another, marks before them; packed raw values', () => {
    const text = `==> /dev/sda <==\n${pretty(seagate)}==> /dev/nvme0 <==\n${pretty(worn)}`;
    expect(disksOf(text)).toEqual([ata, nvme]);
    expect(disksOf(text.replaceAll('\n', '\r\n'))).toEqual([ata, nvme]);
    expect(disksOf(`[${JSON.stringify(seagate)},${JSON.stringify(worn)}]`)).toEqual([ata, nvme]);
  });

  test('asleep, by message, by both forms of the power mode, and by the kernel; behind USB; not to be opened', () => {
    const asleep = (device: string, more: object) => ({ ...head(device, 2), device: { name: device }, ...more });
    const text = [
      pretty({ ...head('/dev/sda', 2, ['Device is in STANDBY mode, exit(2)']), device: { name: '/dev/sda' } }),
      pretty(asleep('/dev/sdb', { power_mode: 'STANDBY' })),
      pretty(asleep('/dev/sdc', { power_mode: { ata_value: 0, string: 'STANDBY' } })),
      '==> /dev/sdd asleep <==\n==> /dev/sde usb <==\n==> /dev/sdf <==\n',
      pretty(head('/dev/sdf', 2, ['Smartctl open device: /dev/sdf failed: No such device'])),
      '==> /dev/sdg <==\nDevice is in STANDBY mode, exit(2)\n==> /dev/sdh <==\n',
    ].join('');
    expect(disksOf(text)).toEqual([
      ...['/dev/sda', '/dev/sdb', '/dev/sdc', '/dev/sdd'].map((device) => ({ ...nothing, device, standby: true })),
      { ...nothing, device: '/dev/sde', reasons: ['It is not asked: behind USB that may wake it.'] },
      { ...nothing, device: '/dev/sdf', reasons: ['Smartctl open device: /dev/sdf failed: No such device'] },
      { ...nothing, device: '/dev/sdg', standby: true },
      { ...nothing, device: '/dev/sdh', reasons: ['smartctl told nothing of it: sudo may not allow it.'] },
    ]);
  });

  test('a disk that is told twice is one; a serial that all of a maker bear is no proof', () => {
    const behind = { ...seagate, device: { name: '/dev/bus/0', type: 'sat+megaraid,8', protocol: 'ATA' }, wwn: null };
    const other = { ...seagate, device: { name: '/dev/sdb', type: 'sat', protocol: 'ATA' }, wwn: null };
    const scan = { devices: [{ name: '/dev/sda', type: 'scsi', protocol: 'SCSI' }] };
    const text = [scan, seagate, behind, other].map(pretty).join('');
    expect(disksOf(text)).toEqual([ata, { ...ata, device: '/dev/sdb' }]);
    const bare = (device: string) => ({ device: { name: device, type: 'sat' }, model_name: 'X' });
    expect(disksOf([bare('/dev/sda'), bare('/dev/sda'), bare('/dev/sdb')].map(pretty).join(''))).toEqual(
      ['/dev/sda', '/dev/sdb'].map((device) => ({ ...nothing, device, type: 'sat', model: 'X' })),
    );
  });

  test('disks behind a controller are told apart by what was asked, where the report leaves their number out', () => {
    const behind = (option: string[], serial_number: string) => ({
      smartctl: { version: [7, 5], argv: ['smartctl', '-a', '-j', ...option, '/dev/sda'] },
      device: { name: '/dev/sda', info_name: '/dev/sda [cciss_disk] [SCSI]', type: 'cciss', protocol: 'SCSI' },
      ...{ scsi_model_name: 'X', serial_number },
    });
    const told = [behind(['-d', 'cciss,0'], 'A'), behind(['--device=cciss,1'], 'B'), behind([], 'C')].map(pretty);
    expect(disksOf(`${told[0]}${told[1]}==> /dev/sda -d cciss,2 <==\n${told[2]}`)).toMatchObject([
      { device: '/dev/sda', type: 'cciss,0', serial: 'A' },
      { device: '/dev/sda', type: 'cciss,1', serial: 'B' },
      { device: '/dev/sda', type: 'cciss,2', serial: 'C' },
    ]);
  });

  test('the disk at which the time ran out is named', () => {
    const text = `==> /dev/nvme0 <==\n${pretty(worn)}==> /dev/sda <==\n`;
    const silent = (reason: string) => [nvme, { ...nothing, device: '/dev/sda', reasons: [reason] }];
    expect(disksOf(text, { timedOut: true })).toEqual(silent('It did not answer in time.'));
    expect(disksOf(`${text}${pretty(seagate).slice(0, 500)}`, { truncated: true })).toEqual(
      silent('Its report was cut.'),
    );
  });
});

test('SCSI in JSON: decimal commas, and a temperature that only the environmental report has', () => {
  const log = (gigabytes: string) => ({ gigabytes_processed: gigabytes, total_uncorrected_errors: 0 });
  const report = {
    ...{ smartctl: { version: [7, 4], exit_status: 0 }, device: { name: '/dev/sde', type: 'scsi', protocol: 'SCSI' } },
    ...{ scsi_model_name: 'MAKER X1', serial_number: 'S7', smart_status: { passed: true } },
    temperature: { current: 0, drive_trip: 0 },
    scsi_environmental_reports: { temperature_1: { current: 37, lifetime_maximum: 44 } },
    scsi_error_counter_log: { read: log('4,125'), write: log('1830,250') },
  };
  expect(disksOf(pretty(report))).toMatchObject([
    { device: '/dev/sde', temperature_celsius: 37, read_bytes: 4_125_000_000, written_bytes: 1_830_250_000_000 },
  ]);
});

describe('text', () => {
  test('ATA, of an old smartctl under a locale with points', () => {
    expect(disksOf(`==> /dev/sda <==\n${ataText}`)).toEqual([
      {
        ...nothing,
        ...{ device: '/dev/sda', model: 'ST4000VN008-2DR166', serial: 'ZGY00001', firmware: 'SC60', protocol: 'ATA' },
        ...{ capacity_bytes: 4000787030016, rotation_rpm: 5980, passed: false, temperature_celsius: 35 },
        ...{ power_on_hours: 35252, reallocated_sectors: 3992, pending_sectors: 1 },
        self_test: 'Extended offline: Completed: read failure',
        verdict: 'bad',
        reasons: [
          'the disk says that it is failing',
          'Reallocated_Sector_Ct at or below its threshold',
          'self-test failed: Extended offline: Completed: read failure',
          '3992 reallocated sectors',
          '1 pending sector',
        ],
        complaints: [
          { level: 'bad', text: 'the disk says that it is failing' },
          { level: 'bad', text: 'Reallocated_Sector_Ct at or below its threshold' },
          { level: 'bad', text: 'self-test failed: Extended offline: Completed: read failure' },
        ],
      },
    ]);
  });

  test('NVMe and SCSI, one after the other without marks', () => {
    expect(disksOf(nvmeText + scsiText)).toEqual([
      {
        ...nothing,
        ...{ device: 'unknown', model: 'Consumer NVMe 1TB', serial: 'S1', firmware: '1.0', protocol: 'NVMe' },
        ...{ capacity_bytes: 1000204886016, rotation_rpm: 0, passed: true, temperature_celsius: 48, verdict: 'ok' },
        ...{ power_on_hours: 8733, power_cycles: 1815, worn_percent: 4, spare_percent: 100, critical_warning: 0 },
        ...{ spare_threshold_percent: 5, media_errors: 0 },
        ...{ read_bytes: 14_508_801_024_000, written_bytes: 39_153_603_584_000 },
      },
      {
        ...nothing,
        ...{ device: 'unknown', model: 'SEAGATE ST600MM0006', serial: 'S0M00001', firmware: 'LS08', protocol: 'SCSI' },
        ...{ capacity_bytes: 600127266816, rotation_rpm: 10500, passed: false, temperature_celsius: 31 },
        ...{ power_on_hours: 22364, grown_defects: 12, uncorrected_errors: 3, verdict: 'bad' },
        ...{ read_bytes: 162_438_759_000_000, written_bytes: 127_551_260_000_000 },
        reasons: ['the disk says that it is failing', '3 uncorrected errors', '12 grown defects'],
        ...{ complaints: [{ level: 'bad', text: 'the disk says that it is failing' }], hot_celsius: 60 },
      },
    ]);
  });
});

describe('a part of a report', () => {
  const table = (rows: string) =>
    `=== START OF READ SMART DATA SECTION ===\nID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE\n${rows}`;
  const hours = '  9 Power_On_Hours          0x0032   089   089   000    Old_age   Always       -       8123\n';
  const wear = '233 Media_Wearout_Indicator 0x0032   002   001   000    Old_age   Always       -       99\n';
  const health = (word: string) => `SMART overall-health self-assessment test result: ${word}\n`;

  test('attributes (-A), the verdict (-H) and what NVMe logs are read where no disk is named', () => {
    const nvmeLog = nvmeText.slice(nvmeText.indexOf('Critical Warning:'));
    expect([
      disksOf(table(hours)),
      disksOf(health('FAILED!')),
      disksOf(health('UNKNOWN!') + table(hours)),
      disksOf(nvmeLog),
    ]).toMatchObject([
      [{ device: 'unknown', model: null, protocol: 'ATA', passed: null, power_on_hours: 8123 }],
      [{ device: 'unknown', protocol: null, passed: false, verdict: 'bad' }],
      [{ protocol: 'ATA', passed: null, power_on_hours: 8123 }],
      [{ protocol: 'NVMe', rotation_rpm: 0, worn_percent: 4, critical_warning: 0, power_on_hours: 8733 }],
    ]);
  });

  test('reports of version 5, one after the other', () => {
    const report = (serial: string) =>
      `smartctl version 5.38 [x] Copyright (C) 2002-8\nDevice Model:     X1\nSerial Number:    ${serial}\n`;
    expect(disksOf(report('1') + report('2'))).toMatchObject([{ serial: '1' }, { serial: '2' }]);
  });

  test('a row whose thresholds are of another attribute ends no table', () => {
    const row = (id: number, name: string, failed: string, raw: number) =>
      `${`${id}`.padStart(3)} ${name.padEnd(23)} 0x0033   100   100   010    Pre-fail  Always   ${failed} ${raw}`;
    const text = [
      'ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE',
      row(2, 'Throughput_Performance', '    -      ', 0),
      '  2 Throughput_Performance  <== Data Page      |  WARNING: PREVIOUS ATTRIBUTE HAS TWO',
      '  0 Unknown_Attribute       <== Threshold Page |  INCONSISTENT IDENTITIES IN THE DATA',
      row(5, 'Reallocated_Sector_Ct', 'FAILING_NOW', 1980),
    ].join('\n');
    expect(run(smart, { 'smart.disks': text })).toMatchObject({ value: { disks: [{ reallocated_sectors: 1980 }] } });
  });

  test('the percentage of the statistics counts before what makers mean by an attribute', () => {
    const solid = 'Device Model:     SSD 1\nRotation Rate:    Solid State Device\n';
    const statistics = '0x07  0x008  1               7  N--  Percentage Used Endurance Indicator\n';
    const pages = [{ number: 7, table: [{ offset: 8, value: 7 }] }];
    expect([
      disksOf(solid + table(wear)),
      disksOf(`${solid}${table(wear)}\n${statistics}`),
      disksOf(JSON.stringify({ model_name: 'SSD 1', rotation_rate: 0, ata_device_statistics: { pages } })),
    ]).toMatchObject([[{ worn_percent: 98 }], [{ worn_percent: 7 }], [{ worn_percent: 7 }]]);
  });

  test('what solid disks have used of their life (-l ssd), where no disk is named', () => {
    const statistics = '0x07  0x008  1              20  N--  Percentage Used Endurance Indicator\n';
    const worn = { ...nothing, device: 'unknown', verdict: 'ok' };
    expect(disksOf(statistics)).toEqual([{ ...worn, protocol: 'ATA', worn_percent: 20 }]);
    expect(disksOf('Percentage used endurance indicator: 3%\n')).toEqual([
      { ...worn, protocol: 'SCSI', worn_percent: 3 },
    ]);
  });

  test('a scan as text', () => {
    const text =
      '/dev/sda -d sat # /dev/sda [SAT], ATA device\n# /dev/sdb -d sat # /dev/sdb, open failed\n/dev/bus/0 -d megaraid,4 # /dev/bus/0 [megaraid_disk_04], SCSI device\n';
    expect(disksOf(text)).toMatchObject([
      { device: '/dev/sda', type: 'sat', protocol: 'ATA' },
      { device: '/dev/bus/0', type: 'megaraid,4', protocol: 'SCSI' },
    ]);
  });
});

describe('nothing to read', () => {
  const stderr = new TextEncoder().encode('sudo: a password is required\n');
  test.each([
    ['no program', '', { exit: null, error: '{:enoent, "smartctl"}' }, { status: 'absent' }],
    ['no disk', '', {}, { status: 'absent' }],
    ['no time', '', { timedOut: true, exit: null }, { status: 'failed' }],
    [
      'no rights',
      '',
      { exit: 1, stderr },
      { status: 'failed', remedy: expect.stringMatching(/^USER ALL=.{100,374}$/) },
    ],
    ['no JSON', '{"smartctl": ', {}, { status: 'failed' }],
    ['deep JSON', '{"a":'.repeat(50_000), {}, { status: 'failed' }],
  ])('%s', (_, text, more, wanted) => {
    expect(parse(text, more)).toMatchObject(wanted);
  });
});

test('whatever is changed in a report, nothing is thrown, and what comes out is by the contract', () => {
  const reports = [pretty(seagate), pretty(worn), ataText, nvmeText, scsiText];
  const change = fc.record({
    report: fc.constantFrom(...reports),
    at: fc.nat(4000),
    length: fc.nat(40),
    put: fc.oneof(fc.string(), fc.constantFrom('1e999', '-1', '"', '{', '99999999999999999999', 'null', '==> a <==\n')),
  });
  fc.assert(
    fc.property(change, ({ report, at, length, put }) => {
      const outcome = parse(report.slice(0, at) + put + report.slice(at + length));
      if (outcome.status === 'ok') smartSchema.parse(toPlain(outcome.value));
    }),
    { numRuns: 300, examples: [[{ report: scsiText, at: 1113, length: 4, put: '99999999999999999999' }]] },
  );
});
