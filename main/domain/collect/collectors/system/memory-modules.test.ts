import { expect, test } from 'vitest';
import { record, run } from '../round-fixture.ts';
import { memoryModules } from './memory-modules.ts';

const header = '# dmidecode 3.4\nGetting SMBIOS data from sysfs.\nSMBIOS 3.2.0 present.\n\n';
const array =
  'Handle 0x1000, DMI type 16, 23 bytes\nPhysical Memory Array\n\tLocation: System Board Or Motherboard\n\tNumber Of Devices: 4\n\n';
const slot = (fields: Record<string, string>) =>
  `Handle 0x1100, DMI type 17, 84 bytes\nMemory Device\n${Object.entries(fields)
    .map(([name, value]) => `\t${name}: ${value}\n`)
    .join('')}\n`;
const dimm = { 'Total Width': '72 bits', Locator: 'A1', 'Bank Locator': 'Not Specified', Type: 'DDR4' };
const told = (text: string | ReturnType<typeof record>) => run(memoryModules, { 'memorymodules.dmidecode': text });

test('modules have a size in any unit, and the speed at which they run', () => {
  const text = [
    header,
    array,
    slot({
      Size: '32 GB',
      ...dimm,
      Speed: '3200 MT/s',
      'Configured Memory Speed': '2933 MT/s',
      Manufacturer: 'Samsung',
      'Part Number': 'M393A4K40DB3-CWE',
    }),
    slot({
      Size: '16384 MB',
      ...dimm,
      Locator: 'A2',
      Speed: '2400 MHz',
      'Configured Clock Speed': 'Unknown',
      Manufacturer: 'Not Specified',
    }),
    slot({ Size: '512 kB', ...dimm, Locator: 'A3', Type: 'DRAM', Speed: 'Unknown', Manufacturer: 'Unknown' }),
    slot({ Size: 'Unknown', ...dimm, Locator: 'A4', Type: '<OUT OF SPEC>' }),
    slot({ Size: 'No Module Installed', ...dimm, Locator: 'A5', Type: 'Unknown' }),
  ].join('');
  const empty = { speed_mts: null, maker: null, part: null };
  const outcome = {
    status: 'ok',
    value: {
      list: [
        {
          slot: 'A1',
          size_bytes: 32 * 1024 ** 3,
          type: 'DDR4',
          speed_mts: 2933,
          maker: 'Samsung',
          part: 'M393A4K40DB3-CWE',
        },
        { ...empty, slot: 'A2', size_bytes: 16 * 1024 ** 3, type: 'DDR4', speed_mts: 2400 },
        { ...empty, slot: 'A3', size_bytes: 512 * 1024, type: 'DRAM' },
        { ...empty, slot: 'A4', size_bytes: null, type: null },
      ],
      free_slots: 1,
    },
  };
  expect(told(text)).toEqual(outcome);
  expect(told(text.replaceAll('\n', '\r\n'))).toEqual(outcome);
});

test('what old and new versions write otherwise', () => {
  const old =
    '# dmidecode 2.2\nSMBIOS 2.3 present.\nHandle 0x1100\n\tDMI type 17, 23 bytes.\n\tMemory Device\n\t\tSize: 512 MB\n\t\tLocator: DIMM1\n\t\tSpeed: 266 MHz (3.8 ns)\n';
  expect([told(old), told(header + slot({ ...dimm, Size: '32 GiB' }))]).toMatchObject([
    { value: { list: [{ slot: 'DIMM1', size_bytes: 2 ** 29, speed_mts: 266 }], free_slots: 0 } },
    { value: { list: [{ size_bytes: 2 ** 35 }] } },
  ]);
});

test('chips that hold the firmware are no modules, and placeholders no names', () => {
  const flash = 'Handle 0x0007, DMI type 16, 15 bytes\nPhysical Memory Array\n\tUse: Flash Memory\n\n';
  const text = [
    ...[header, flash, slot({ ...dimm, Size: '4096 kB', 'Array Handle': '0x0007', Type: 'Unknown' })],
    slot({ ...dimm, Size: '512 kB', Locator: 'SYSTEM ROM', Type: 'Flash' }),
    slot({ ...dimm, Size: '2048 MB', Manufacturer: 'Manufacturer0', 'Part Number': 'Array1_PartNumber0' }),
    slot({ ...dimm, Size: '2048 MB', Locator: 'B1', Manufacturer: 'Undefined', 'Part Number': '[Empty]' }),
  ];
  const nameless = { size_bytes: 2 ** 31, maker: null, part: null };
  expect(told(text.join(''))).toMatchObject({
    value: {
      list: [
        { slot: 'A1', ...nameless },
        { slot: 'B1', ...nameless },
      ],
      free_slots: 0,
    },
  });
});

test('slots of one name are told apart by their channel', () => {
  const bank = (name: string) => slot({ ...dimm, Size: '8 GB', Locator: 'DIMM 0', 'Bank Locator': name });
  expect(told(header + bank('P0 CHANNEL A') + bank('P0 CHANNEL B'))).toMatchObject({
    value: { list: [{ slot: 'P0 CHANNEL A DIMM 0' }, { slot: 'P0 CHANNEL B DIMM 0' }] },
  });
});

test.each([
  [
    'absent',
    record('', { error: '{:enoent, "dmidecode"}', exit: null }),
    'Memory modules: there is no dmidecode here.',
  ],
  [
    'absent',
    `${header.slice(0, 16)}# No SMBIOS nor DMI entry point found, sorry.\n`,
    'Memory modules: the firmware does not tell of them.',
  ],
  ['absent', header, 'Memory modules: the firmware does not tell of them.'],
  [
    'failed',
    record('', {
      exit: 1,
      stderr: new TextEncoder().encode('/sys/firmware/dmi/tables/smbios_entry_point: Permission denied\n'),
    }),
    'Memory modules: dmidecode said /sys/firmware/dmi/tables/smbios_entry_point: Permission denied',
  ],
  ['failed', record('', { exit: null, timedOut: true }), 'Memory modules: dmidecode did not answer within 10 s.'],
])('%s: %s', (status, text, reason) => {
  expect(told(text)).toEqual({ status, reason });
});

test('what sudo refuses is told with the line that would allow it', () => {
  const stderr = new TextEncoder().encode('sudo: a password is required\n');
  expect(told(record('', { exit: 1, stderr }))).toEqual({
    status: 'failed',
    reason: 'Memory modules: dmidecode needs root.',
    remedy: 'USER ALL=(root) NOPASSWD: /usr/sbin/dmidecode -t memory',
  });
});
