import { cutText } from '../../cut-text.ts';
import { looseObject, looseObjects, parseJson } from '../loose-values.ts';
import {
  counterOf,
  countOf,
  type Device,
  maxDevices,
  maxFilesystems,
  maxText,
  newDevice,
  newTold,
  type Told,
} from './told.ts';

const units = 'bkmgtpe';

/** `1.00GiB`, `0.00B`, `4.00KB`, `1073741824`: what is not of `--si` counts in steps of 1,024, whatever its name. */
export function sizeOf(text: string | undefined): number | null {
  const match = /^(\d{1,20}(?:\.\d{1,4})?)(?:([kmgtpe]?)(?:i?b)?)?$/i.exec(text ?? '');
  if (match === null) return null;
  const step = units.indexOf((match[2] || 'b').toLowerCase());
  return Math.round(Number(match[1]) * 1024 ** step);
}

/** What `btrfs filesystem show` lists: https://btrfs.readthedocs.io/en/latest/btrfs-filesystem.html */
export function parseShow(lines: readonly string[]): Told[] {
  const found: Told[] = [];
  let total = 0;
  for (const line of lines) {
    const head = /^Label: (.{1,300}?)\s+uuid: ([0-9a-f-]{36})\s*$/i.exec(line);
    if (head !== null) {
      if (found.length === maxFilesystems) break;
      const told = newTold(head[2] as string);
      const label = /^'(.*)'$/.exec(head[1] as string);
      told.label = label === null ? null : cutText(label[1] as string, maxText) || null;
      found.push(told);
    }
    const told = found.at(-1);
    total = Number(/^\s*Total devices (\d{1,3}) /.exec(line)?.[1] ?? total);
    // Which ones, it does not say.
    const unnamed = /\bSome devices missing/.test(line) ? total - (told?.devices.length ?? total) : 0;
    for (let at = 0; at < unnamed && at < maxDevices; at++)
      told?.devices.push({ ...newDevice(null, null), missing: true });
    const row = /^\s*devid\s+(\d{1,9})\s+size\s+\S{1,40}\s+used\s+\S{1,40}\s+path\s+(\S.*?)\s*$/.exec(line);
    if (told === undefined || row === null || told.devices.length === maxDevices) continue;
    const path = (row[2] as string).replace(/\s*\**MISSING\**$|^missing$/i, '').replace(/^<missing disk>$/, '');
    const device = newDevice(Number(row[1]), path === '' ? null : cutText(path, maxText));
    device.missing = path !== row[2];
    told.devices.push(device);
  }
  return found;
}

/** What `btrfs device stats` counts, in each of its forms: https://btrfs.readthedocs.io/en/latest/btrfs-device.html */
export function parseStats(text: string, lines: readonly string[]): Device[] {
  const found = new Map<string, Device>();
  const deviceOf = (path: string): Device | null => {
    const lost = /^(?:devid:(\d{1,9})|<missing disk>\s*(\d{1,9})?)$/.exec(path);
    const known = found.get(path);
    if (known !== undefined || found.size === maxDevices) return known ?? null;
    const id = lost?.[1] ?? lost?.[2];
    const device = newDevice(id === undefined ? null : Number(id), lost === null ? cutText(path, maxText) : null);
    device.missing = lost !== null;
    found.set(path, device);
    return device;
  };
  for (const row of looseObjects(looseObject(parseJson(text))?.['device-stats'], maxDevices)) {
    const device = deviceOf(String(row.device));
    if (device === null) continue;
    device.id ??= countOf(String(row.devid));
    for (const [word, value] of Object.entries(row)) {
      const counter = counterOf(word);
      if (counter !== null) device[counter] = countOf(String(value));
    }
  }
  for (const line of lines) {
    const row = /^\[([^\]]{1,300})\]\.(\w{1,30})\s+(\d{1,16})\s*$/.exec(line);
    const counter = row === null ? null : counterOf(row[2] as string);
    const path = row?.[1] as string;
    // Of several that are gone each begins anew, and all have one name.
    const gone = counter === 'write_errors' && path === '<missing disk>' ? found.get(path) : undefined;
    if (gone !== undefined) found.set(`${path} of before ${found.size}`, gone).delete(path);
    const device = counter === null ? null : deviceOf(path);
    if (counter !== null && device !== null) device[counter] = countOf(row?.[3]);
    // `-T`: id, path, then the counters in this order.
    const cells =
      /^\s*(\d{1,9})\s+(\S{1,300})\s+(\d{1,16})\s+(\d{1,16})\s+(\d{1,16})\s+(\d{1,16})\s+(\d{1,16})\s*$/.exec(line);
    const told = cells === null ? null : deviceOf(cells[2] as string);
    if (cells === null || told === null) continue;
    const [write, read, flush, corruption, generation] = cells.slice(3).map(countOf);
    Object.assign(told, { id: Number(cells[1]), write_errors: write, read_errors: read, flush_errors: flush });
    Object.assign(told, { corruption_errors: corruption, generation_errors: generation });
  }
  return [...found.values()];
}
