import type { Gpu } from '../../../../contract/machine.ts';
import { bytesOf, celsiusOf, maxGpus, nameOf, numberOf, percentOf, unknownGpu, wattsOf } from './gpu-values.ts';

/** Files of a card below `/sys/class/drm`: https://docs.kernel.org/gpu/amdgpu/thermal.html */
export const cardFiles = [
  ...['vendor', 'uevent', 'product_name', 'gpu_busy_percent', 'mem_info_vram_used', 'mem_info_vram_total'],
  ...['hwmon/hwmon*/temp1_input', 'hwmon/hwmon*/power1_average', 'hwmon/hwmon*/power1_input'],
  ...['hwmon/hwmon*/power1_cap', 'hwmon/hwmon*/pwm1', 'hwmon/hwmon*/pwm1_max'],
] as const;

const vendors: Readonly<Record<string, Gpu['vendor']>> = { '0x1002': 'amd', '0x8086': 'intel', '0x10de': 'nvidia' };

/**
 * Cards of which the kernel tells something: `card0/device/gpu_busy_percent:7`. NVIDIA's own driver tells nothing here,
 * and of Intel's most chips nothing but that they are there.
 */
export function gpusOfSysfs(text: string): Gpu[] {
  const cards = new Map<string, Map<string, string>>();
  for (const line of text.split('\n')) {
    const found = /^(card\d{1,3})\/device\/(?:hwmon\/hwmon\d{1,4}\/)?(\w{1,40}):(.{0,200})$/.exec(
      line.replace(/\r$/, ''),
    );
    if (found === null) continue;
    const [, card = '', file = '', value = ''] = found;
    const files = cards.get(card) ?? new Map<string, string>();
    if (!files.has(file)) files.set(file, value);
    if (cards.size < maxGpus) cards.set(card, files);
  }
  return [...cards].flatMap(([id, files]) => {
    const vendor = vendors[files.get('vendor') ?? ''];
    const driver = /^DRIVER=([\w-]{1,40})$/.exec(files.get('uevent') ?? '')?.[1] ?? null;
    if (vendor === undefined || driver === 'nvidia') return [];
    const gpu: Gpu = {
      ...unknownGpu(id, vendor),
      name: nameOf(files.get('product_name')),
      driver,
      busy_percent: percentOf(files.get('gpu_busy_percent')),
      memory_used_bytes: bytesOf(files.get('mem_info_vram_used'), 'B'),
      memory_total_bytes: bytesOf(files.get('mem_info_vram_total'), 'B'),
      temperature_celsius: celsiusOf(scaled(files.get('temp1_input'), 1000)),
      power_watts: wattsOf(scaled(files.get('power1_average') ?? files.get('power1_input'), 1e6)),
      power_limit_watts: wattsOf(scaled(files.get('power1_cap'), 1e6)),
      fan_percent: fanPercent(files),
    };
    return [gpu.busy_percent, gpu.memory_used_bytes, gpu.temperature_celsius, gpu.power_watts].some(
      (one) => one !== null,
    )
      ? [gpu]
      : [];
  });
}

function scaled(text: string | undefined, by: number): string | null {
  const value = numberOf(text);
  return value === null ? null : (value / by).toFixed(3);
}

function fanPercent(files: ReadonlyMap<string, string>): number | null {
  const [now, most] = [numberOf(files.get('pwm1')), numberOf(files.get('pwm1_max'))];
  return now === null || most === null || most <= 0 || now < 0 || now > most ? null : (100 * now) / most;
}
