import { expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { btrfs } from './btrfs.ts';

const [one, two] = ['11111111-2222-3333-4444-555555555555', '66666666-7777-8888-9999-aaaaaaaaaaaa'];
const errors = (id: number, read = 0, corruption = 0) =>
  [`write_errs 0`, `read_errs ${read}`, 'flush_errs 0', `corruption_errs ${corruption}`, 'generation_errs 0']
    .map((line) => `${two}/devinfo/${id}/error_stats:${line}\n`)
    .join('');
const sys = `${one}/label:
${two}/label:backup
${one}/allocation/mixed/total_bytes:1000
${two}/allocation/data/total_bytes:3221225472
${two}/allocation/metadata/total_bytes:1073741824
${two}/allocation/system/total_bytes:8388608
${one}/allocation/mixed/bytes_used:400
${two}/allocation/data/bytes_used:2147483648
${two}/allocation/metadata/bytes_used:536870912
${one}/allocation/mixed/single/total_bytes:1000
${two}/allocation/data/raid1/total_bytes:2147483648
${two}/allocation/data/single/total_bytes:1073741824
${two}/allocation/metadata/dup/total_bytes:0
${two}/allocation/metadata/raid1c3/total_bytes:1073741824
${one}/devinfo/1/missing:0
${two}/devinfo/1/missing:0
${two}/devinfo/2/missing:0
${two}/devinfo/3/missing:1
${one}/devinfo/1/error_stats:invalid
${errors(1)}${errors(2, 3, 1)}${one}/devices/cciss!c0d0
${two}/devices/sda
${two}/devices/sdb
`;
const show = `Label: none  uuid: ${one}
\tTotal devices 1 FS bytes used 400
\tdevid    1 size 2000 used 1000 path /dev/cciss/c0d0

Label: 'backup'  uuid: ${two}
\tTotal devices 3 FS bytes used 2684354560
\tdevid    1 size 10737418240 used 3221225472 path /dev/sdb
\tdevid    2 size 10737418240 used 3221225472 path /dev/sda
\tdevid    3 size 0 used 0 path  MISSING
\t*** Some devices missing

`;
const unknown = {
  ...{ write_errors: null, read_errors: null, flush_errors: null, corruption_errors: null, generation_errors: null },
};
const clean = { write_errors: 0, read_errors: 0, flush_errors: 0, corruption_errors: 0, generation_errors: 0 };
const noSpace = {
  ...{ data_profile: null, metadata_profile: null, data_total_bytes: null, data_used_bytes: null },
  ...{ metadata_total_bytes: null, metadata_used_bytes: null },
};
const first = {
  ...{ ...noSpace, uuid: one, label: null, data_profile: 'single', data_total_bytes: 1000, data_used_bytes: 400 },
  devices: [{ id: 1, path: '/dev/cciss/c0d0', missing: false, ...unknown }],
};
const second = (...paths: (string | null)[]) => ({
  ...{ uuid: two, label: 'backup', data_profile: 'RAID1, single', metadata_profile: 'RAID1C3' },
  ...{ data_total_bytes: 3 * 2 ** 30, data_used_bytes: 2 ** 31 },
  ...{ metadata_total_bytes: 2 ** 30, metadata_used_bytes: 2 ** 29 },
  devices: [
    { id: 1, path: paths[0], missing: false, ...clean },
    { id: 2, path: paths[1], missing: false, ...clean, read_errors: 3, corruption_errors: 1 },
    { id: 3, path: null, missing: true, ...unknown },
  ],
});
const of = (text: string) => run(btrfs, { 'btrfs.files': text });
const ok = (...list: unknown[]) => ({ status: 'ok', value: { list } });

test('devices that are missing without a name are counted', () => {
  const text = `Label: 'data'  uuid: 01234567-89ab-cdef-0123-456789abcdef
\tTotal devices 3 FS bytes used 1.21TiB
\tdevid    1 size 2.73TiB used 1.30TiB path /dev/sdb
\tdevid    2 size 0 used 0 path /dev/sdc ***MISSING***
\t*** Some devices missing\n`;
  const outcome = run(btrfs, { 'btrfs.files': text });
  const devices = outcome.status === 'ok' ? (outcome.value as { list: { devices: object[] }[] }).list[0]?.devices : [];
  expect(devices).toMatchObject([
    { id: 1, path: '/dev/sdb', missing: false },
    { id: 2, path: '/dev/sdc', missing: true },
    { id: null, path: null, missing: true },
  ]);
});

test('what the kernel says; which of several devices is which says the tool', () => {
  expect(of(sys)).toEqual(ok(first, second(null, null)));
  expect(of(sys + show)).toEqual(ok(first, second('/dev/sdb', '/dev/sda')));
  expect(of((sys + show).replaceAll('\n', '\r\n'))).toEqual(ok(first, second('/dev/sdb', '/dev/sda')));
  expect(of(sys.replace(/^/gm, '/sys/fs/btrfs/'))).toEqual(ok(first, second(null, null)));
});

test('of two devices one is missing: the path is the other one’s', () => {
  const text = `${two}/label:\n${two}/devinfo/1/missing:1\n${two}/devinfo/2/missing:0\n${two}/devices/sdb\n`;
  const devices = [
    { id: 1, path: null, missing: true, ...unknown },
    { id: 2, path: '/dev/sdb', missing: false, ...unknown },
  ];
  expect(of(text)).toEqual(ok({ ...noSpace, uuid: two, label: null, devices }));
});

test('a kernel that numbers no devices', () => {
  const devices = [{ id: null, path: '/dev/sda', missing: false, ...unknown }];
  expect(of(`${two}/label:x\n${two}/devices/sda\n`)).toEqual(ok({ ...noSpace, uuid: two, label: 'x', devices }));
});

test('filesystem show by itself, with each way to say that a device is missing', () => {
  const text = `Label: 'a b'  uuid: ${one}\n\tTotal devices 4 FS bytes used 1.00GiB\n\tdevid    1 size 9.00GiB used 2.00GiB path /dev/sda\n\tdevid    2 size 9.00GiB used 2.00GiB path /dev/sdb MISSING\n\tdevid    3 size 0 used 0 path <missing disk>\n\tdevid 4 size 0 used 0 path  *MISSING*\n`;
  const devices = [
    { id: 1, path: '/dev/sda', missing: false, ...unknown },
    { id: 2, path: '/dev/sdb', missing: true, ...unknown },
    { id: 3, path: null, missing: true, ...unknown },
    { id: 4, path: null, missing: true, ...unknown },
  ];
  expect(of(text)).toEqual(ok({ ...noSpace, uuid: one, label: 'a b', devices }));
});

const row = (path: string, read: number) =>
  `[${path}].write_io_errs    0\n[${path}].read_io_errs     ${read}\n[${path}].flush_io_errs    0\n[${path}].corruption_errs  0\n[${path}].generation_errs  0\n`;

test('device stats as lines, as a table and as JSON', () => {
  const devices = (...ids: (number | null)[]) => [
    { id: ids[0], path: '/dev/sda', missing: false, ...clean, read_errors: 7 },
    { id: ids[1], path: '/dev/sdb', missing: false, ...clean },
  ];
  const nameless = { ...noSpace, uuid: null, label: null };
  expect(of(row('/dev/sda', 7) + row('/dev/sdb', 0))).toEqual(ok({ ...nameless, devices: devices(null, null) }));
  const table = `Id Path     Write errors Read errors Flush errors Corruption errors Generation errors\n-- -------- ------------ ----------- ------------ ----------------- -----------------\n 1 /dev/sda            0           7            0                 0                 0\n 2 /dev/sdb            0           0            0                 0                 0\n`;
  expect(of(table)).toEqual(ok({ ...nameless, devices: devices(1, 2) }));
  const counters = { write_io_errs: '0', flush_io_errs: '0', corruption_errs: '0', generation_errs: '0' };
  const json = {
    __header: { version: '1' },
    'device-stats': [
      { device: '/dev/sda', devid: '1', ...counters, read_io_errs: '7' },
      { device: '/dev/sdb', devid: '2', ...counters, read_io_errs: '0' },
    ],
  };
  expect(of(JSON.stringify(json, null, 2))).toEqual(ok({ ...nameless, devices: devices(1, 2) }));
  expect(of(row('devid:2', 0))).toEqual(ok({ ...nameless, devices: [{ id: 2, path: null, missing: true, ...clean }] }));
});

test('devices that are gone have one name in stats', () => {
  const gone = { id: null, path: null, missing: true, ...clean };
  const text = row('/dev/sda', 0) + row('<missing disk>', 3) + row('<missing disk>', 0);
  expect(of(text)).toEqual(
    ok({
      ...{ ...noSpace, uuid: null, label: null },
      devices: [{ id: null, path: '/dev/sda', missing: false, ...clean }, { ...gone, read_errors: 3 }, gone],
    }),
  );
});

test.each([
  'Data, RAID1: total=1.50GiB, used=512.00MiB\nSystem, DUP: total=8.00MiB, used=16.00KiB\nMetadata, DUP: total=1.00GiB, used=1.00MiB\nGlobalReserve, single: total=1.00MiB, used=0.00B\n',
  'Overall:\n    Device size:\t\t  10.00GiB\n\nData,RAID1: Size:1.50GiB, Used:512.00MiB (33.33%)\n   /dev/sda\t   1.50GiB\n\nMetadata,DUP: Size:1.00GiB, Used:1.00MiB (0.10%)\n   /dev/sda\t   2.00GiB\n',
  `Overall:
    Device size:\t\t         629145600

              Data       Metadata   System
Id Path       RAID1      DUP        DUP     Unallocated Total     Slack
-- ---------- ---------- ---------- ------- ----------- --------- -----
 1 /dev/loop0 1610612736 2147483648 8388608   205520896 314572800     -
-- ---------- ---------- ---------- ------- ----------- --------- -----
   Total      1610612736 1073741824 8388608   411041792 629145600     0
   Used        536870912    1048576   16384
`,
  JSON.stringify({
    __header: { version: '1' },
    'filesystem-df': [
      { 'bg-type': 'Data', 'bg-profile': 'RAID1', total: 1_610_612_736, used: 536_870_912 },
      { 'bg-type': 'Metadata', 'bg-profile': 'DUP', total: 1_073_741_824, used: 1_048_576 },
      { 'bg-type': 'GlobalReserve', 'bg-profile': 'single', total: 1_048_576, used: 0 },
    ],
  }),
])('chunks of filesystem df and usage', (text) => {
  expect(of(text)).toEqual(
    ok({
      ...{ uuid: null, label: null, data_profile: 'RAID1', metadata_profile: 'DUP', devices: [] },
      ...{ data_total_bytes: 1.5 * 2 ** 30, data_used_bytes: 2 ** 29 },
      ...{ metadata_total_bytes: 2 ** 30, metadata_used_bytes: 2 ** 20 },
    }),
  );
});

test('none, and none that is read', () => {
  expect(of('')).toEqual({ status: 'absent', reason: 'Btrfs: none is mounted.' });
  expect(of('nonsense\n')).toEqual({ status: 'failed', reason: 'Btrfs: nothing is told: nonsense' });
  expect(run(btrfs, { 'btrfs.files': record('', { exit: null, timedOut: true }) }).status).toBe('failed');
});
