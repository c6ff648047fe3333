import { cutText } from '../../cut-text.ts';
import {
  counterOf,
  countOf,
  maxDevices,
  maxFilesystems,
  maxText,
  newDevice,
  newTold,
  profileOf,
  type Space,
  type Told,
} from './told.ts';

/**
 * What the kernel says, one line for each line of each file: `UUID/label:backup`, `UUID/devinfo/1/error_stats:read_errs 0`,
 * and `UUID/devices/sda` for a folder's entry. https://btrfs.readthedocs.io/en/latest/ch-sysfs.html
 */
export function parseSysLines(lines: readonly string[]): Told[] {
  const found = new Map<string, Told>();
  for (const line of lines) {
    const match =
      /^(?:\/sys\/fs\/btrfs\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([\w/.!-]{1,200})(?::(.*))?$/i.exec(line);
    if (match === null) continue;
    const uuid = match[1] as string;
    const told = found.get(uuid) ?? newTold(uuid);
    if (!found.has(uuid) && found.size === maxFilesystems) continue;
    found.set(uuid, told);
    tell(told, (match[2] as string).split('/'), match[3]);
  }
  return [...found.values()];
}

function tell(told: Told, [folder, name = '', file = '', ...deeper]: string[], value: string | undefined): void {
  if (folder === 'label' && value !== undefined) told.label = cutText(value.trim(), maxText) || null;
  if (folder === 'devices' && name !== '' && file === '' && told.names.length < maxDevices) {
    // `cciss!c0d0`: a name cannot hold a slash there.
    told.names.push(cutText(name.replaceAll('!', '/'), maxText));
  }
  if (folder === 'devinfo') tellDevice(told, countOf(name), file, value ?? '');
  if (folder !== 'allocation' || value === undefined) return;
  const kind = name === 'mixed' ? 'data' : name;
  if (kind !== 'data' && kind !== 'metadata') return;
  const bytes = countOf(value);
  const space: Space = told[kind] ?? { total: null, used: null, profiles: new Map() };
  if (file === 'total_bytes') told[kind] = { ...space, total: bytes };
  else if (file === 'bytes_used') told[kind] = { ...space, used: bytes };
  else if (deeper[0] === 'total_bytes' && space.profiles.size < 16) {
    told[kind] = { ...space, profiles: new Map(space.profiles).set(profileOf(file), bytes ?? 0) };
  }
}

function tellDevice(told: Told, id: number | null, file: string, value: string): void {
  if (id === null) return;
  const known = told.devices.find((one) => one.id === id);
  const device = known ?? newDevice(id, null);
  if (known === undefined) {
    if (told.devices.length === maxDevices) return;
    told.devices.push(device);
  }
  if (file === 'missing') device.missing = value.trim() === '1';
  const [word = '', number] = value.trim().split(/\s+/);
  const counter = file === 'error_stats' ? counterOf(word) : null;
  if (counter !== null) device[counter] = countOf(number);
}
