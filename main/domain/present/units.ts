/** What is not known is shown as this, wherever it stands. */
export const unknown = '—';

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Three digits that count, so that a column of them keeps its width: `1.23`, `12.3`, `123`. */
function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}

/** Bytes in steps of 1,024, named as `top` and `df -h` mean them: `512 B`, `1.50 GB`; null is unknown. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return unknown;
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const sign = bytes < 0 ? '-' : '';
  return `${sign}${unit === 0 ? value.toFixed(0) : threeDigits(value)} ${byteUnits[unit]}`;
}

/** Bytes in a second: `1.50 MB/s`; null is unknown. */
export function formatRate(bytes: number | null): string {
  const text = formatBytes(bytes);
  return text === unknown ? unknown : `${text}/s`;
}

/** Bits in a second in steps of 1,000, as links are sold: `1 Gbit/s`, `2.5 Gbit/s`; null is unknown. */
export function formatLinkSpeed(bits: number | null): string {
  if (bits === null || !Number.isFinite(bits)) return unknown;
  return bits >= 1e9 ? `${Number((bits / 1e9).toFixed(1))} Gbit/s` : `${Number((bits / 1e6).toFixed(1))} Mbit/s`;
}

/** How often in a second: `0.2/s`, `1 024/s`; null is unknown. */
export function formatFrequency(count: number | null): string {
  if (count === null || !Number.isFinite(count)) return unknown;
  return `${count > 0 && count < 9.95 ? count.toFixed(1) : formatCount(count)}/s`;
}

/** `0.42 ms`, `12.3 ms`, `1.20 s`; null is unknown. */
export function formatMilliseconds(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return unknown;
  return ms < 999.5 ? `${threeDigits(ms)} ms` : `${threeDigits(ms / 1000)} s`;
}

/** `54.0 °C`; null is unknown. */
export function formatCelsius(celsius: number | null): string {
  return celsius === null || !Number.isFinite(celsius) ? unknown : `${celsius.toFixed(1)} °C`;
}

/** `42.0 W`; null is unknown. */
export function formatWatts(watts: number | null): string {
  return watts === null || !Number.isFinite(watts) ? unknown : `${watts.toFixed(1)} W`;
}

/** `230 V`; null is unknown. */
export function formatVolts(volts: number | null): string {
  return volts === null || !Number.isFinite(volts) ? unknown : `${volts.toFixed(0)} V`;
}

/** How fast a fan turns: `1 024 rpm`; null is unknown. */
export function formatRpm(rpm: number | null): string {
  return rpm === null || !Number.isFinite(rpm) ? unknown : `${formatCount(rpm)} rpm`;
}

/** How far a clock is off, the sign always there: `+0.42 s`, `-3 min 20 s`; null is unknown. */
export function formatOffset(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return unknown;
  const size = Math.abs(seconds);
  return `${seconds < 0 ? '-' : '+'}${size < 60 ? `${size.toFixed(2)} s` : formatDuration(size)}`;
}

/** A resident size for the process list: megabytes up to a gigabyte, then gigabytes: `0.4 MB`, `812.0 MB`, `3.20 GB`. */
export function formatMemory(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return unknown;
  const megabytes = bytes / 1024 ** 2;
  return megabytes < 999.95 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(2)} GB`;
}

/** `4.2 %`, `37 %`, `250 %`: one decimal below ten unless told otherwise; null is unknown. */
export function formatPercent(percent: number | null, decimals?: number): string {
  if (percent === null || !Number.isFinite(percent)) return unknown;
  const digits = decimals ?? (percent < 9.95 ? 1 : 0);
  return `${percent.toFixed(digits)} %`;
}

export function formatLoad(load: number | null): string {
  return load === null || !Number.isFinite(load) ? unknown : load.toFixed(2);
}

/** A count with thin groups of three: `1 024`; the space does not break a line. */
export function formatCount(count: number | null): string {
  if (count === null || !Number.isFinite(count)) return unknown;
  return count.toFixed(0).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

const spans: readonly (readonly [name: string, seconds: number])[] = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
];

/** A span of time in its two largest units: `41 d 6 h`, `12 min 3 s`, `4 s`; null is unknown. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return unknown;
  let rest = Math.max(0, Math.floor(seconds));
  const first = spans.findIndex(([, size]) => rest >= size);
  if (first === -1) return '0 s';
  const parts: string[] = [];
  for (const [name, size] of spans.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

/** How long ago, in one unit, so that it does not flicker: `now`, `4 s ago`, `3 min ago`, `2 d ago`. */
export function formatAge(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return unknown;
  if (seconds < 1) return 'now';
  for (const [name, size] of spans) if (seconds >= size) return `${Math.floor(seconds / size)} ${name} ago`;
  return 'now';
}

/**
 * Minutes that local time is ahead of UTC at an instant. The domain knows no time zone, so the caller tells, by
 * `-new Date(at).getTimezoneOffset()`.
 */
export type ZoneMinutes = number;

function local(at: number, zone: ZoneMinutes): string {
  return new Date(at + zone * 60_000).toISOString();
}

/** `14:03:22`. */
export function formatTime(at: number, zone: ZoneMinutes): string {
  return local(at, zone).slice(11, 19);
}

/** `14:03:22.123`. */
export function formatExactTime(at: number, zone: ZoneMinutes): string {
  return local(at, zone).slice(11, 23);
}

/** `2026-11-21 14:03:22.123`. */
export function formatExactDateTime(at: number, zone: ZoneMinutes): string {
  return local(at, zone).slice(0, 23).replace('T', ' ');
}

/** `2026-11-21 14:03:22`. */
export function formatDateTime(at: number, zone: ZoneMinutes): string {
  return local(at, zone).slice(0, 19).replace('T', ' ');
}

/**
 * For an axis: `14:03` within a day, `11-21` at its midnight or where ticks are days apart, the year where they are
 * weeks apart; seconds where ticks are close.
 */
export function formatTick(at: number, tickMs: number, zone: ZoneMinutes): string {
  const text = local(at, zone);
  if (tickMs < 60_000) return text.slice(11, 19);
  if (tickMs >= 14 * 86_400_000) return text.slice(0, 10);
  return tickMs >= 86_400_000 || text.slice(11, 16) === '00:00' ? text.slice(5, 10) : text.slice(11, 16);
}
