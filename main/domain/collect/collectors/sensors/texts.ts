import { cutText } from '../../cut-text.ts';

/** One file of a chip or a thermal zone: `hwmon2`, `temp1_input`, and its first line. */
export interface SensorFile {
  readonly source: string;
  readonly file: string;
  readonly value: string;
}

/** Some more than a host can print. */
const maxFiles = 2048;
/** Names and labels, in UTF-16 units. */
const maxText = 64;

const filePattern =
  /^(?:\/sys\/class\/)?(?:hwmon\/(hwmon\d{1,4})(?:\/device)?|thermal\/(thermal_zone\d{1,4}))\/(\w{1,32}):(.*)$/;

/** Lines such as `hwmon/hwmon2/temp1_input:45000`. */
export function parseFiles(text: string): SensorFile[] {
  const files: SensorFile[] = [];
  for (const line of text.split('\n')) {
    const match = filePattern.exec(line);
    if (match === null) continue;
    const source = (match[1] ?? match[2]) as string;
    files.push({ source, file: match[3] as string, value: cutText((match[4] as string).trim(), maxText) });
    if (files.length === maxFiles) break;
  }
  return files;
}

/**
 * The device behind each chip, from `ls -l`: the last part of its path that is an address on a bus, because numbers of
 * other kinds change from boot to boot.
 */
export function parseDevices(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = / (hwmon\d{1,4}) -> (\S{1,400})$/.exec(line);
    if (match === null) continue;
    const parts = (match[2] as string).split('/').filter((part) => part !== '..' && !/^hwmon\d*$/.test(part));
    const address = parts.findLast((part) => /^(?!pci[\da-f]{4}:).*[:.-]/.test(part)) ?? parts.at(-1);
    if (address !== undefined) found.set(match[1] as string, cutText(address, maxText));
    if (found.size === maxFiles) break;
  }
  return found;
}

/**
 * Where a chip says what no chip can be, nothing is connected: so 0, −128 or 65261. Null is unknown. Kernels of some old
 * boards say whole degrees where thousandths are meant.
 */
export function parseCelsius(value: string | undefined): number | null {
  if (value === undefined || !/^-?\d{1,9}$/.test(value)) return null;
  const celsius = /^\d{2,3}$/.test(value) ? Number(value) : Number(value) / 1000;
  return celsius === 0 || celsius < -30 || celsius > 150 ? null : celsius;
}

const maxRpm = 50_000;

/** A fan that stands still has 0, one that is not there has what 16 bits can say at most. */
export function parseRpm(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,9}$/.test(value)) return null;
  return Number(value) > maxRpm ? null : Number(value);
}
