import type { Gpu } from '../../../../contract/machine.ts';
import { bytesOf, celsiusOf, maxGpus, nameOf, numberOf, percentOf, unknownGpu, wattsOf } from './gpu-values.ts';

/**
 * `rocm-smi --json` with whatever it was asked for: an object for each card, whose numbers are text and whose names carry
 * the unit and change from release to release. https://rocm.docs.amd.com/projects/rocm_smi_lib
 */
export function gpusOfRocm(text: string): Gpu[] {
  const start = text.indexOf('{');
  const told = start < 0 ? null : parseObject(text.slice(start, text.lastIndexOf('}') + 1));
  if (told === null) return [];
  const driver = textOf(objectAt(told, 'system'), 'Driver version');
  return Object.keys(told)
    .filter((key) => /^card\d{1,3}$/.test(key))
    .slice(0, maxGpus)
    .map((id) => {
      const card = objectAt(told, id);
      const first = (pattern: RegExp) => {
        const key = Object.keys(card).find((name) => pattern.test(name) && numberOf(textOf(card, name)) !== null);
        return key === undefined ? null : textOf(card, key);
      };
      return {
        ...unknownGpu(id, 'amd'),
        name: firstName(card, ['Card series', 'Card Series', 'Card model', 'Card Model', 'Device Name']),
        driver: nameOf(driver),
        busy_percent: percentOf(first(/^GPU use \(%\)$/i)),
        memory_used_bytes: bytesOf(first(/^VRAM Total Used Memory \(B\)$/i), 'B'),
        memory_total_bytes: bytesOf(first(/^VRAM Total Memory \(B\)$/i), 'B'),
        // What `sensors` calls edge; cards without it have the junction.
        temperature_celsius:
          celsiusOf(first(/^Temperature \(Sensor edge\) \(C\)$/i)) ??
          celsiusOf(first(/^Temperature \(Sensor junction\) \(C\)$/i)),
        power_watts: wattsOf(first(/^(?:Average|Current Socket|Current) Graphics Package Power \(W\)$/i)),
        power_limit_watts: wattsOf(first(/^Max Graphics Package Power \(W\)$/i)),
        fan_percent: percentOf(first(/^Fan speed \(%\)$/i)),
      };
    });
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = Object.hasOwn(value, key) ? value[key] : null;
  return typeof found === 'object' && found !== null ? (found as JsonObject) : {};
}

function textOf(value: JsonObject, key: string): string | null {
  const found = Object.hasOwn(value, key) ? value[key] : null;
  return typeof found === 'string' ? found : typeof found === 'number' ? `${found}` : null;
}

function firstName(card: JsonObject, keys: readonly string[]): string | null {
  return keys.map((key) => nameOf(textOf(card, key))).find((name) => name !== null) ?? null;
}
