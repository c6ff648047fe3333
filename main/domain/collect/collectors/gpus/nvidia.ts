import type { Gpu } from '../../../../contract/machine.ts';
import { bytesOf, celsiusOf, maxGpus, nameOf, percentOf, unknownGpu, wattsOf } from './gpu-values.ts';
import { readXmlParts, type XmlFields, xmlText } from './xml-fields.ts';

/**
 * `nvidia-smi -q -x` of every schema (nvsmi_device_v6 to v13): power and its limit were renamed with v12, and power again
 * since. https://docs.nvidia.com/deploy/nvidia-smi/index.html
 */
export function gpusOfXml(text: string): Gpu[] {
  const driver = nameOf(xmlText(text, 'driver_version'));
  return readXmlParts(text, 'gpu', maxGpus).map(({ id, fields }, index) =>
    gpuOfFields(id ?? nameOf(fields.get('uuid')) ?? `${index}`, driver, fields),
  );
}

/** What is told of one GPU by the paths of the XML. */
export function gpuOfFields(id: string, driver: string | null, fields: XmlFields): Gpu {
  const power = (...names: string[]) => {
    const keys = ['gpu_power_readings', 'power_readings'].flatMap((group) => names.map((name) => `${group}/${name}`));
    return keys.map((key) => wattsOf(fields.get(key))).find((watts) => watts !== null) ?? null;
  };
  return {
    ...unknownGpu(id, 'nvidia'),
    name: nameOf(fields.get('product_name')),
    driver,
    busy_percent: percentOf(fields.get('utilization/gpu_util')),
    memory_used_bytes: bytesOf(fields.get('fb_memory_usage/used'), 'MiB'),
    memory_total_bytes: bytesOf(fields.get('fb_memory_usage/total'), 'MiB'),
    temperature_celsius: celsiusOf(fields.get('temperature/gpu_temp')),
    power_watts: power('power_draw', 'instant_power_draw', 'average_power_draw'),
    power_limit_watts: power('current_power_limit', 'power_limit', 'enforced_power_limit'),
    fan_percent: percentOf(fields.get('fan_speed')),
    encoder_percent: percentOf(fields.get('utilization/encoder_util')),
    decoder_percent: percentOf(fields.get('utilization/decoder_util')),
  };
}

/** What is asked for by name; the last two are younger than the rest, and a driver that lacks one prints nothing. */
export const queried = [
  ...['pci.bus_id', 'name', 'driver_version', 'utilization.gpu', 'memory.used', 'memory.total', 'temperature.gpu'],
  ...['power.draw', 'power.limit', 'fan.speed', 'utilization.encoder', 'utilization.decoder'],
] as const;

/** `nvidia-smi --query-gpu=… --format=csv`: a head with units (`memory.used [MiB]`), then a row for each. */
export function gpusOfCsv(text: string): Gpu[] {
  const lines = text.split('\n', 1000).map((line) => line.slice(0, 4000).trim());
  const start = lines.findIndex((line) =>
    /(?:^|, ?)(?:pci\.bus_id|uuid|index|name|utilization\.gpu \[%\])(?:,|$)/.test(line),
  );
  if (start < 0) return [];
  const names = (lines[start] as string).split(',').map((name) => name.trim().split(' ')[0] as string);
  const heads = (lines[start] as string).split(',');
  const rows = lines.slice(start + 1).map((line) => line.split(','));
  return rows
    .filter((row) => row.length === names.length)
    .slice(0, maxGpus)
    .map((row, index) => {
      const cell = (name: string) => row[names.indexOf(name)]?.trim();
      const memory = (name: string) => {
        const unit = /\[([KMG]iB)\]/.exec(heads[names.indexOf(name)] ?? '')?.[1] ?? 'MiB';
        const value = cell(name);
        return bytesOf(value !== undefined && /^\d+$/.test(value) ? `${value} ${unit}` : value, 'MiB');
      };
      return {
        ...unknownGpu(
          nameOf(cell('pci.bus_id')) ?? nameOf(cell('uuid')) ?? nameOf(cell('index')) ?? `${index}`,
          'nvidia',
        ),
        name: nameOf(cell('name')),
        driver: nameOf(cell('driver_version')),
        busy_percent: percentOf(cell('utilization.gpu')),
        memory_used_bytes: memory('memory.used'),
        memory_total_bytes: memory('memory.total'),
        temperature_celsius: celsiusOf(cell('temperature.gpu')),
        power_watts: wattsOf(cell('power.draw')),
        power_limit_watts: wattsOf(cell('power.limit')),
        fan_percent: percentOf(cell('fan.speed')),
        encoder_percent: percentOf(cell('utilization.encoder')),
        decoder_percent: percentOf(cell('utilization.decoder')),
      };
    });
}
