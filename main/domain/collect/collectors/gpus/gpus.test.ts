import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gpusSchema } from '../../../../contract/machine.ts';
import { toPlain } from '../../plain.ts';
import { record, run } from '../round-fixture.ts';
import { unknownGpu } from './gpu-values.ts';
import { gpus } from './gpus.ts';

const csv = `pci.bus_id, name, driver_version, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu, power.draw [W], power.limit [W], fan.speed [%], utilization.encoder [%], utilization.decoder [%]
00000000:01:00.0, NVIDIA A2, 550.54.15, 37 %, 1128 MiB, 15356 MiB, 61, 22.78 W, 60.00 W, [N/A], 4 %, [Not Supported]
`;
const xml = (power: string) => `<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
	<driver_version>550.54.15</driver_version>
	<gpu id="00000000:01:00.0">
		<product_name>NVIDIA A2</product_name>
		<mig_devices>
			None
		</mig_devices>
		<fan_speed>N/A</fan_speed>
		<fb_memory_usage><total>15356 MiB</total><reserved>10 MiB</reserved><used>1128 MiB</used></fb_memory_usage>
		<bar1_memory_usage><used>5 MiB</used></bar1_memory_usage>
		<utilization><gpu_util>37 %</gpu_util><memory_util>9 %</memory_util><encoder_util>4 %</encoder_util><decoder_util>N/A</decoder_util></utilization>
		<temperature><gpu_temp>61 C</gpu_temp></temperature>
		${power}
		<processes><process_info><used_memory>900 MiB</used_memory></process_info></processes>
	</gpu>
</nvidia_smi_log>
`;
const a2 = {
  ...{ id: '00000000:01:00.0', name: 'NVIDIA A2', vendor: 'nvidia', driver: '550.54.15', busy_percent: 37 },
  ...{ memory_used_bytes: 1128 * 2 ** 20, memory_total_bytes: 15356 * 2 ** 20, temperature_celsius: 61 },
  ...{ power_watts: 22.78, power_limit_watts: 60, fan_percent: null, encoder_percent: 4, decoder_percent: null },
};
const listOf = (texts: Record<string, string>) => {
  const outcome = run(gpus, texts);
  return outcome.status === 'ok' ? gpusSchema.parse(outcome.value).list : outcome;
};

describe('NVIDIA', () => {
  test('by name', () => {
    expect(listOf({ 'gpus.nvidia': csv })).toEqual([a2]);
    expect(listOf({ 'gpus.nvidia': csv.replaceAll('\n', '\r\n') })).toEqual([a2]);
    expect(listOf({ 'gpus.nvidia': csv.replaceAll(/(\d) (%|MiB|W),/g, '$1,') })).toEqual([a2]);
  });

  test.each([
    'power_readings><power_draw>22.78 W</power_draw><power_limit>60.00 W</power_limit></power_readings',
    'gpu_power_readings><power_draw>22.78 W</power_draw><current_power_limit>60.00 W</current_power_limit></gpu_power_readings',
    'gpu_power_readings><average_power_draw>N/A</average_power_draw><instant_power_draw>22.78 W</instant_power_draw><current_power_limit>60.00 W</current_power_limit></gpu_power_readings',
  ])('all of it, after an old driver refused a name: %s', (power) => {
    const refusal = 'Field "utilization.encoder" is not a valid field to query.\n\n';
    expect(listOf({ 'gpus.nvidia': refusal + xml(`<${power}>`) })).toEqual([a2]);
  });
});

test('nvidia-smi -q: the same tree in words, whole or a part of it', () => {
  const row = (level: number, label: string, value: string) =>
    `${' '.repeat(4 * level)}${label.padEnd(38 - 4 * level)}: ${value}\n`;
  const text = [
    '\n==============NVSMI LOG==============\n\n',
    ...[row(0, 'Driver Version                        ', '550.54.15'), 'GPU 00000000:35:00.0\n'],
    ...[row(1, 'Product Name', 'NVIDIA H100'), row(1, 'Fan Speed', '30 %'), '    FB Memory Usage\n'],
    ...[row(2, 'Total', '81559 MiB'), row(2, 'Used', '7 MiB'), '    BAR1 Memory Usage\n', row(2, 'Used', '1 MiB')],
    ...['    Utilization\n', row(2, 'Gpu', '12 %'), row(2, 'Encoder', '3 %'), row(2, 'Decoder', '4 %')],
    ...['    Temperature\n', row(2, 'GPU Current Temp', '33 C'), row(2, 'Memory Current Temp', '41 C')],
    ...['    GPU Power Readings\n', row(2, 'Average Power Draw', 'N/A'), row(2, 'Instantaneous Power Draw', '72.02 W')],
    ...[row(2, 'Current Power Limit', '700.00 W'), '    GPU Memory Power Readings \n', row(2, 'Power Draw', '47.78 W')],
    ...['GPU 00000000:36:00.0\n', '    Temperature\n', row(2, 'GPU Current Temp', 'N/A')],
  ].join('');
  const [id, driver] = ['00000000:35:00.0', '550.54.15'];
  expect(run(gpus, { 'gpus.nvidia': text })).toEqual({
    status: 'ok',
    value: {
      list: [
        {
          ...{ id, vendor: 'nvidia', name: 'NVIDIA H100', driver, busy_percent: 12, memory_used_bytes: 7 * 2 ** 20 },
          ...{ memory_total_bytes: 81_559 * 2 ** 20, temperature_celsius: 33, power_watts: 72.02 },
          ...{ power_limit_watts: 700, fan_percent: 30, encoder_percent: 3, decoder_percent: 4 },
        },
        { ...unknownGpu('00000000:36:00.0', 'nvidia'), driver },
      ],
    },
  });
});

test('the table of nvidia-smi, with one that tells little and one that is lost', () => {
  const text = `| NVIDIA-SMI 560.35.03              Driver Version: 560.35.03      CUDA Version: 12.6     |
|   0  NVIDIA GeForce RTX 4090        Off |   00000000:01:00.0 Off |                  Off |
|  0%   42C    P8             15W /  450W |     612MiB /  24564MiB |      2%      Default |
|                                         |                        |                  N/A |
+-----------------------------------------+------------------------+----------------------+
|   1  GeForce GTX TIT...             Off |   00000000:02:00.0 N/A |                  N/A |
| N/A   41C    P8             N/A /  N/A  |     176MiB /   1023MiB |     N/A      Default |
+-----------------------------------------+------------------------+----------------------+
|   2  ERR!                           On  |   00000000:42:00.0 Off |                 ERR! |
|ERR!  ERR! ERR!             ERR! / ERR!  |    GPU is lost         |     ERR!     Default |
`;
  const driver = '560.35.03';
  expect(run(gpus, { 'gpus.nvidia': text })).toEqual({
    status: 'ok',
    value: {
      list: [
        {
          ...{ ...unknownGpu('00000000:01:00.0', 'nvidia'), driver, name: 'NVIDIA GeForce RTX 4090', busy_percent: 2 },
          ...{ fan_percent: 0, temperature_celsius: 42, power_watts: 15, power_limit_watts: 450 },
          ...{ memory_used_bytes: 612 * 2 ** 20, memory_total_bytes: 24_564 * 2 ** 20 },
        },
        {
          ...{
            ...unknownGpu('00000000:02:00.0', 'nvidia'),
            driver,
            name: 'GeForce GTX TIT...',
            temperature_celsius: 41,
          },
          ...{ memory_used_bytes: 176 * 2 ** 20, memory_total_bytes: 1023 * 2 ** 20 },
        },
        { ...unknownGpu('00000000:42:00.0', 'nvidia'), driver },
      ],
    },
  });
});

test('cards of the kernel: an AMD card, one of Intel that tells nothing, a management chip, and NVIDIA by its own tool', () => {
  const files = `card0/device/vendor:0x1002
card1/device/vendor:0x8086
card2/device/vendor:0x1a03
card3/device/vendor:0x10de
card0/device/uevent:DRIVER=amdgpu
card1/device/uevent:DRIVER=i915
card3/device/uevent:DRIVER=nvidia
card0/device/product_name:
card0/device/gpu_busy_percent:12
card0/device/mem_info_vram_used:6750208
card0/device/mem_info_vram_total:8573157376
card0/device/hwmon/hwmon3/temp1_input:53000
card3/device/hwmon/hwmon4/temp1_input:53000
card0/device/hwmon/hwmon3/power1_average:36000000
card0/device/hwmon/hwmon3/power1_cap:290000000
card0/device/hwmon/hwmon3/pwm1:51
card0/device/hwmon/hwmon3/pwm1_max:255
`;
  expect(listOf({ 'gpus.cards': files })).toEqual([
    {
      ...{ id: 'card0', name: null, vendor: 'amd', driver: 'amdgpu', busy_percent: 12, memory_used_bytes: 6750208 },
      ...{ memory_total_bytes: 8573157376, temperature_celsius: 53, power_watts: 36, power_limit_watts: 290 },
      ...{ fan_percent: 20, encoder_percent: null, decoder_percent: null },
    },
  ]);
});

test('a card of AMD by its name in newer releases', () => {
  const text = JSON.stringify({ card0: { 'Device Name': 'Radeon X', 'GPU use (%)': '3' } });
  expect(listOf({ 'gpus.nvidia': text })).toMatchObject([{ id: 'card0', name: 'Radeon X', busy_percent: 3 }]);
});

test.each([
  ['no tool and no card', record('', { exit: null, error: '{:enoent, "nvidia-smi"}' }), 'absent'],
  ['no card', record('No devices were found\n', { exit: 6 }), 'absent'],
  [
    'no driver',
    record("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n", { exit: 9 }),
    'failed',
  ],
  ['no time', record('', { exit: null, timedOut: true }), 'failed'],
])('%s', (_, nvidia, status) => {
  expect(run(gpus, { 'gpus.nvidia': nvidia })).toMatchObject({ status });
});

test('whatever is changed in an output, what comes out is by the contract', () => {
  const change = fc.record({
    text: fc.constantFrom(csv, xml('')),
    at: fc.nat(1500),
    length: fc.nat(30),
    put: fc.oneof(fc.string(), fc.constantFrom('<', '</gpu>', '<gpu>', '99999999999999999999', '-1')),
  });
  fc.assert(
    fc.property(change, ({ text, at, length, put }) => {
      const outcome = run(gpus, { 'gpus.nvidia': text.slice(0, at) + put + text.slice(at + length) });
      if (outcome.status === 'ok') gpusSchema.parse(toPlain(outcome.value));
    }),
    { numRuns: 200 },
  );
});
