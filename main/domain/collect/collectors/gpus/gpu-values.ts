import type { Gpu } from '../../../../contract/machine.ts';

export const maxGpus = 64;

export function unknownGpu(id: string, vendor: Gpu['vendor']): Gpu {
  return {
    ...{ id, vendor, name: null, driver: null, busy_percent: null, memory_used_bytes: null, memory_total_bytes: null },
    ...{ temperature_celsius: null, power_watts: null, power_limit_watts: null, fan_percent: null },
    ...{ encoder_percent: null, decoder_percent: null },
  };
}

/** The number that a text begins with, whatever its unit: `22.78 W`, `1128 MiB`; null for `N/A`, `[Not Supported]`, `ERR!`. */
export function numberOf(text: string | null | undefined): number | null {
  const found = /^\s*(-?\d{1,15}(?:\.\d{1,9})?)(?![\d.])/.exec(text ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

export function percentOf(text: string | null | undefined): number | null {
  const value = numberOf(text);
  return value !== null && value >= 0 && value <= 100 ? value : null;
}

export function celsiusOf(text: string | null | undefined): number | null {
  const value = numberOf(text);
  return value !== null && value >= -40 && value <= 200 ? value : null;
}

/** What cannot be told is sometimes told as some thousands of kilowatts. */
export function wattsOf(text: string | null | undefined): number | null {
  const value = numberOf(text);
  return value !== null && value >= 0 && value < 100_000 ? value : null;
}

const units: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 2 ** 20, GiB: 2 ** 30 };

/** @param unit of a number that has none */
export function bytesOf(text: string | null | undefined, unit: 'B' | 'MiB'): number | null {
  const value = numberOf(text);
  const said = /\d\s*([KMG]?i?B)\b/.exec(text ?? '')?.[1] ?? unit;
  const scale = Object.hasOwn(units, said) ? (units[said] as number) : null;
  return value !== null && scale !== null && value >= 0 ? value * scale : null;
}

/** Words that stand for a name that there is none of. */
export function nameOf(text: string | null | undefined): string | null {
  const plain = text?.trim() ?? '';
  return plain === '' ||
    /^\[?(?:N\/A|ERR!|Not Supported|GPU is lost|Insufficient Permissions|Unknown(?: Error)?)\]?$/i.test(plain)
    ? null
    : plain;
}
