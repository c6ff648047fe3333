import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { complaintOf, unusable } from '../../run-outcome.ts';
import { parseDf } from './chunk-text.ts';
import { parseSysLines } from './sys-lines.ts';
import { type Device, type Filesystem, maxLine, maxLines, newDevice, newTold, type Space, type Told } from './told.ts';
import { parseShow, parseStats } from './tool-text.ts';

type Value = NonNullable<SampleData['btrfs']>;

const command: RunCommand = {
  id: 'btrfs.files',
  type: 'run',
  when: 'always',
  // Which device has which number only the tool knows; it needs no root for what is mounted.
  line: [
    '[ -d /sys/fs/btrfs ] && ( cd /sys/fs/btrfs && set -- *-*-*/label && [ -e "$1" ] && { n=$#',
    'grep -Hs "" "$@" */allocation/*/total_bytes */allocation/*/bytes_used */allocation/*/*/total_bytes */devinfo/*/missing */devinfo/*/error_stats',
    'set -- *-*-*/devices/*; printf "%s\\n" "$@"; [ $# = $n ] || btrfs filesystem show --raw -m; } ); :',
  ].join('; '),
  tool: 'grep',
  deadlineSeconds: 15,
  maxBytes: 256 * 1024,
};

/**
 * File systems of Btrfs that are mounted: their devices with errors counted or missing, and how full their chunks are.
 *
 * Reads `/sys/fs/btrfs`: https://btrfs.readthedocs.io/en/latest/ch-sysfs.html, its counters since Linux 5.14. Captures may
 * be what `btrfs filesystem show`, `df`, `usage` and `btrfs device stats` print.
 */
export const btrfs: Collector<'btrfs', null> = {
  id: 'btrfs',
  kind: 'slow',
  about: 'Btrfs: missing devices, error counters, profiles and chunks of data and metadata, from /sys/fs/btrfs.',
  commands: [command],
  awk: null,
  parse,
};

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const text = record === undefined ? '' : textOf(record);
  const lines = text.split(/\r?\n/, maxLines).map((line) => line.slice(0, maxLine));
  const list = gathered(text, lines);
  if (list.length > 0) return { status: 'ok', value: { list: list.map(filesystemOf) } };
  const reason = unusable(record, command, 'Btrfs');
  if (reason !== null || record === undefined) return reason ?? { status: 'absent', reason: 'Btrfs: nobody asked.' };
  if (record.exit === 0 && text.trim() === '') return { status: 'absent', reason: 'Btrfs: none is mounted.' };
  return { status: 'failed', reason: `Btrfs: nothing is told: ${complaintOf(record)}` };
}

/** What all parts of an output say, joined by the UUID; what names no file system is of the only one that there is. */
function gathered(text: string, lines: readonly string[]): Told[] {
  const found = parseSysLines(lines);
  for (const shown of parseShow(lines)) {
    const known = found.find(({ uuid }) => uuid === shown.uuid);
    if (known === undefined) found.push(shown);
    else
      joinDevices(
        known,
        shown.devices.filter(({ id }) => id !== null),
        ({ id }) => id,
      );
  }
  const [stats, chunks] = [parseStats(text, lines), parseDf(text, lines)];
  const isNameless = stats.length > 0 || chunks.data !== null || chunks.metadata !== null;
  if (!isNameless) return found;
  if (found.length === 0) found.push(newTold(null));
  const paths = (told: Told) => told.devices.map(({ path }) => path);
  for (const one of stats) {
    const owner = found.find((told) => one.path !== null && paths(told).includes(one.path)) ?? found[0];
    if (owner !== undefined) joinDevices(owner, [one], ({ id, path }) => path ?? id);
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    only.data ??= chunks.data;
    only.metadata ??= chunks.metadata;
  }
  return found;
}

/** Fills what is unknown of devices that are known by the key, and adds the others. */
function joinDevices(told: Told, devices: readonly Device[], keyOf: (device: Device) => unknown): void {
  for (const device of devices) {
    const key = keyOf(device);
    const at = key === null ? -1 : told.devices.findIndex((one) => keyOf(one) === key);
    const known = told.devices[at];
    if (known === undefined) {
      told.devices.push(device);
      continue;
    }
    const news = Object.entries(device).filter(([, value]) => value !== null);
    const before = Object.entries(known).filter(([, value]) => value !== null);
    told.devices[at] = {
      ...known,
      ...Object.fromEntries([...news, ...before]),
      missing: known.missing || device.missing,
    };
  }
}

function filesystemOf({ uuid, label, data, metadata, devices, names }: Told): Filesystem {
  const [present, ...others] = devices.filter(({ missing }) => !missing);
  if (names.length === 1 && present !== undefined && others.length === 0) present.path ??= `/dev/${names[0]}`;
  // Kernels before 5.6 name devices and do not number them.
  const named = devices.length > 0 ? devices : names.map((name) => newDevice(null, `/dev/${name}`));
  return {
    ...{ uuid, label, data_profile: profileOfSpace(data), metadata_profile: profileOfSpace(metadata) },
    ...{ data_total_bytes: data?.total ?? null, data_used_bytes: data?.used ?? null },
    ...{ metadata_total_bytes: metadata?.total ?? null, metadata_used_bytes: metadata?.used ?? null },
    devices: named,
  };
}

function profileOfSpace(space: Space | null): string | null {
  const all = [...(space?.profiles ?? [])].sort(([, a], [, b]) => b - a);
  const used = all.filter(([, bytes]) => bytes > 0);
  return (used.length > 0 ? used : all.slice(0, 1)).map(([name]) => name).join(', ') || null;
}
