import { describe, expect, test } from 'vitest';
import type { SampleData } from '../../../../contract/samples.ts';
import type { CommandRecord } from '../../record.ts';
import { record, run } from '../round-fixture.ts';
import { sensors } from './sensors.ts';

type Value = NonNullable<SampleData['sensors']>;

const facts = `/sys/class/hwmon:
total 0
lrwxrwxrwx 1 root root 0 Nov 28 10:00 hwmon0 -> ../../devices/pci0000:00/0000:00:01.1/0000:01:00.0/nvme/nvme0/hwmon0
lrwxrwxrwx 1 root root 0 Nov 28 10:00 hwmon1 -> ../../devices/platform/coretemp.0/hwmon/hwmon1
lrwxrwxrwx 1 root root 0 Nov 28 10:00 hwmon2 -> ../../devices/virtual/thermal/thermal_zone0/hwmon2
hwmon/hwmon0/name:nvme
hwmon/hwmon1/name:coretemp
hwmon/hwmon2/name:acpi_tz
hwmon/hwmon0/temp1_label:Composite
hwmon/hwmon0/temp2_label:Sensor 1
hwmon/hwmon1/temp1_label:Package id 0
hwmon/hwmon0/temp1_max:81850
hwmon/hwmon0/temp1_crit:84850
hwmon/hwmon1/temp1_max:65261850
hwmon/hwmon1/temp1_crit:0
hwmon/hwmon1/fan1_label:CPU Fan
thermal/thermal_zone0/type:acpi-tz
thermal/thermal_zone1/type:cpu-thermal
`;
const values = `hwmon/hwmon0/temp1_input:36850
hwmon/hwmon0/temp2_input:81800
hwmon/hwmon1/temp1_input:51625
hwmon/hwmon1/temp3_input:-128000
hwmon/hwmon2/temp1_input:27800
hwmon/hwmon1/fan1_input:812
hwmon/hwmon1/fan2_input:65535
thermal/thermal_zone0/temp:27800
thermal/thermal_zone1/temp:12376
`;

const all = (given: string, told: string | CommandRecord = facts) =>
  run(sensors, { 'sensors.facts': told, 'sensors.values': given });
const noLimits = { high_celsius: null, critical_celsius: null };

test('a capture of all files at once', () => {
  const text = ['name:x1', 'temp1_input:45000', 'temp1_max:80000'].map((file) => `/sys/class/hwmon/hwmon3/${file}\n`);
  expect(run(sensors, { 'sensors.values': text.join('') })).toMatchObject({
    value: { temperatures: [{ id: 'x1/temp1', chip: 'x1', celsius: 45, high_celsius: 80 }], fans: [] },
  });
});

describe('sensors', () => {
  test('have names that stay over a reboot; of an NVMe disk the composite one, and a zone that is a chip too is one', () => {
    const expected = {
      temperatures: [
        {
          ...{ id: 'nvme/0000:01:00.0/temp1', chip: 'nvme', label: 'Composite' },
          ...{ celsius: 36.85, high_celsius: 81.85, critical_celsius: 84.85 },
        },
        { id: 'coretemp/coretemp.0/temp1', chip: 'coretemp', label: 'Package id 0', celsius: 51.625, ...noLimits },
        { id: 'coretemp/coretemp.0/temp3', chip: 'coretemp', label: 'temp3', celsius: null, ...noLimits },
        { id: 'acpi_tz/thermal_zone0/temp1', chip: 'acpi_tz', label: 'temp1', celsius: 27.8, ...noLimits },
        { id: 'cpu-thermal/thermal_zone1', chip: 'thermal', label: 'cpu-thermal', celsius: 12.376, ...noLimits },
      ],
      fans: [
        { id: 'coretemp/coretemp.0/fan1', chip: 'coretemp', label: 'CPU Fan', rpm: 812 },
        { id: 'coretemp/coretemp.0/fan2', chip: 'coretemp', label: 'fan2', rpm: null },
      ],
    };
    const outcome = all(values);
    expect(outcome).toMatchObject({ status: 'ok', value: expected });
    expect(run(sensors, { 'sensors.values': values }, { previous: outcome.state, elapsed: 2 })).toMatchObject({
      value: expected,
    });
  });

  test.each([
    ['45000', 45],
    ['-30000', -30],
    ['150000', 150],
    ['-30001', null],
    ['150001', null],
    ['65261850', null],
    ['-273150', null],
    ['0', null],
    ['54', 54],
    ['7', 0.007],
    ['nan', null],
    ['', null],
  ])('a chip that says %j has %j °C', (said, celsius) => {
    const outcome = all(`hwmon/hwmon1/temp1_input:${said}\n`) as { value: Value };
    expect(outcome.value.temperatures[0]?.celsius).toBe(celsius);
  });

  test('without its name has its number, where nobody was asked for it', () => {
    expect(run(sensors, { 'sensors.values': '/sys/class/hwmon/hwmon0/temp1_input:45000\n' })).toEqual({
      ...{ status: 'ok', state: expect.anything() },
      value: {
        temperatures: [{ id: 'hwmon0/temp1', chip: 'hwmon0', label: 'temp1', celsius: 45, ...noLimits }],
        fans: [],
      },
    });
  });

  test('one that calls itself faulty is unknown, and old kernels have the files one folder deeper', () => {
    const outcome = all('hwmon/hwmon1/device/temp1_input:45000\nhwmon/hwmon1/device/temp1_fault:1\n') as {
      value: Value;
    };
    expect(outcome.value.temperatures).toMatchObject([{ id: 'coretemp/coretemp.0/temp1', celsius: null }]);
  });

  test('a host cannot have more of them than are kept', () => {
    const many = Array.from(
      { length: 999 },
      (_, i) => `hwmon/hwmon1/temp${i}_input:1000\nhwmon/hwmon1/fan${i}_input:9\n`,
    );
    const { temperatures, fans } = (all(many.join('')) as { value: Value }).value;
    expect([temperatures.length, fans.length]).toEqual([128, 32]);
  });

  test.each([
    ['absent', {}],
    ['absent', { 'sensors.facts': '', 'sensors.values': record('', { exit: 2 }) }],
    ['failed', { 'sensors.facts': record(facts, { timedOut: true, exit: null }), 'sensors.values': values }],
    ['failed', { 'sensors.facts': facts, 'sensors.values': record('', { exit: null, error: 'It hung.' }) }],
  ])('%s', (status, texts) => {
    expect(run(sensors, texts).status).toBe(status);
  });
});
