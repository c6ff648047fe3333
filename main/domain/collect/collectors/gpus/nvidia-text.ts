import type { Gpu } from '../../../../contract/machine.ts';
import { bytesOf, celsiusOf, maxGpus, nameOf, percentOf, unknownGpu, wattsOf } from './gpu-values.ts';
import { gpuOfFields } from './nvidia.ts';

const maxLines = 20_000;

/** Fields that have other names in the XML. */
const named: readonly (readonly [RegExp, string])[] = [
  [/^(utilization\/(?:gpu|encoder|decoder))$/, '$1_util'],
  [/^temperature\/gpu_current_temp$/, 'temperature/gpu_temp'],
  [/^(gpu_power_readings\/instant)aneous(_power_draw)$/, '$1$2'],
];

/**
 * `nvidia-smi -q`, whole or in parts (`-d TEMPERATURE`): the tree of its XML in words, each level four spaces further in.
 * https://docs.nvidia.com/deploy/nvidia-smi/index.html
 */
export function gpusOfLog(text: string): Gpu[] {
  const lines = text.split('\n', maxLines).map((line) => line.slice(0, 400).replace(/\r$/, ''));
  const driver = nameOf(/^Driver Version {2,}: (.+)$/m.exec(text)?.[1]);
  const gpus: { id: string; fields: Map<string, string> }[] = [];
  let path: string[] = [];
  for (const line of lines) {
    const head = /^GPU ([0-9A-F]{4,8}:[0-9A-F:.]{4,16})$/i.exec(line);
    if (head !== null) {
      if (gpus.length === maxGpus) break;
      gpus.push({ id: head[1] as string, fields: new Map() });
    }
    const [, indent = '', label = '', value] = /^((?: {4}){1,8})(\S.{0,60}?)\s*(?: : (.*))?$/.exec(line) ?? [];
    const fields = gpus.at(-1)?.fields;
    if (label === '' || fields === undefined) continue;
    path = [...path.slice(0, indent.length / 4 - 1), label.toLowerCase().replaceAll(' ', '_')];
    const key = named.reduce((known, [pattern, name]) => known.replace(pattern, name), path.join('/'));
    if (value !== undefined && !fields.has(key)) fields.set(key, value.trim());
  }
  return gpus.map(({ id, fields }) => gpuOfFields(id, driver, fields));
}

const first =
  /^\|\s+(?:\d{1,3})\s+(\S.{0,60}?)\s+(?:On|Off|N\/A)\s*\|\s*([0-9A-F]{4,8}:[0-9A-F:.]{4,16})\s+(?:On|Off|N\/A)\s*\|/i;
const second =
  /^\|\s*(\S{1,8})\s+(\S{1,8})\s+\S{1,8}\s+(\S{1,12})\s*\/\s*(\S{1,12})\s*\|\s*(\S{1,16})\s*\/\s*(\S{1,16})\s*\|\s*(\S{1,8})\s/;

/** The table that `nvidia-smi` prints by itself, two lines for each: a long name is cut there, and ends in dots. */
export function gpusOfTable(text: string): Gpu[] {
  const driver = nameOf(/\bDriver Version: (\S{1,40})/.exec(text)?.[1]);
  const lines = text.split('\n', maxLines).map((line) => line.slice(0, 400));
  const found: Gpu[] = [];
  for (const [at, line] of lines.entries()) {
    const [, name, id] = first.exec(line) ?? [];
    if (id === undefined || found.length === maxGpus) continue;
    // One that is lost has no numbers.
    const [, fan, temperature, power, cap, used, total, busy] = second.exec(lines[at + 1] ?? '') ?? [];
    found.push({
      ...unknownGpu(id, 'nvidia'),
      ...{ name: nameOf(name), driver, busy_percent: percentOf(busy), fan_percent: percentOf(fan) },
      ...{ memory_used_bytes: bytesOf(used, 'MiB'), memory_total_bytes: bytesOf(total, 'MiB') },
      temperature_celsius: celsiusOf(temperature),
      ...{ power_watts: wattsOf(power), power_limit_watts: wattsOf(cap) },
    });
  }
  return found;
}
