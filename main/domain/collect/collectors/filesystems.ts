import type { SampleData } from '../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../collector.ts';
import { cutText } from '../cut-text.ts';
import { textOf } from '../record.ts';
import { parseDf } from './df-table.ts';
import { parseInodes } from './inodes.ts';

type Value = NonNullable<SampleData['filesystems']>;
type Filesystem = Value['list'][number];

/**
 * Local file systems that hold data: each device once, none that live in memory, no images.
 *
 * Runs `df`: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/df.html and reads `/proc/self/mounts`:
 * https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html
 */
export const filesystems: Collector<'filesystems', null> = {
  id: 'filesystems',
  kind: 'medium',
  about:
    'Local file systems, how full they are and how many inodes they have left, from df; a mount that does not answer costs this reading only.',
  commands: [
    { id: 'filesystems.mounts', type: 'read', when: 'always', path: '/proc/self/mounts', keep: null },
    {
      id: 'filesystems.df',
      type: 'run',
      when: 'always',
      // Old busybox has no -l. A row that cannot be read makes df fail after it has printed the others.
      line: 'df -P -k -l 2>/dev/null || df -P -k',
      deadlineSeconds: 10,
      maxBytes: 256 * 1024,
    },
    {
      id: 'filesystems.inodes',
      type: 'run',
      when: 'always',
      line: 'df -P -i -l 2>/dev/null || df -P -i 2>/dev/null || df -i',
      deadlineSeconds: 10,
      maxBytes: 256 * 1024,
    },
  ],
  awk: null,
  parse,
};

const pseudoTypes = new Set(
  `autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devfs devpts devtmpfs efivarfs fuse.gvfsd-fuse fuse.lxcfs
  fuse.portal fuse.snapfuse fusectl hugetlbfs iso9660 mqueue nsfs overlay proc pstore ramfs rootfs rpc_pipefs
  securityfs squashfs sysfs tmpfs tracefs aufs erofs`.split(/\s+/),
);
const pseudoDevices = new Set(
  'none overlay overlayfs tmpfs devtmpfs udev shm rootfs aufs cgroup cgmfs lxcfs devfs'.split(' '),
);

const maxFilesystems = 256;
/** As long as a path may be, in UTF-16 units. */
const maxText = 4096;
const maxType = 64;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records('filesystems.df').at(-1);
  if (record === undefined) return { status: 'absent', reason: 'df was not run.' };
  if (record.timedOut) return { status: 'failed', reason: 'df did not answer in time: a mount may be dead.' };
  if (record.error !== null) return { status: 'failed', reason: `df could not be run: ${record.error}` };
  const rows = parseDf(textOf(record));
  if (rows === null) {
    const said = record.stdout.length > 0 ? textOf(record) : new TextDecoder().decode(record.stderr);
    if (/^Filesystem +Inodes /m.test(said))
      return { status: 'failed', reason: 'df told of inodes alone, not of sizes.' };
    return { status: 'failed', reason: `df printed no table: ${said.slice(0, 80).toWellFormed()}` };
  }
  const mounts = round.records('filesystems.mounts').at(-1);
  const types = parseMounts(mounts === undefined ? '' : textOf(mounts));
  const counted = round.records('filesystems.inodes').at(-1);
  const inodes = parseInodes(counted === undefined ? '' : textOf(counted));
  const list = select(
    rows.map(({ inodes: counts, ...row }) => ({
      ...row,
      type: types.get(row.mount) ?? row.type ?? null,
      ...inodesOf(inodes.get(row.mount) ?? counts),
    })),
  );
  return { status: 'ok', value: { list: list.slice(0, maxFilesystems).map(cut) } };
}

function inodesOf(counted: { readonly total: number; readonly used: number } | undefined) {
  const { total, used } = counted ?? { total: null, used: null };
  return {
    inodes: total,
    inodes_used: used,
    inodes_used_percent: total === null || used === null ? null : (100 * used) / total,
  };
}

function cut({ device, mount, type, ...numbers }: Filesystem): Filesystem {
  return {
    device: cutText(device, maxText),
    mount: cutText(mount, maxText),
    type: type === null ? null : cutText(type, maxType),
    ...numbers,
  };
}

/** One row per device, the shortest mount point first of all; an overlay only where the root is all there is. */
function select(rows: readonly Filesystem[]): Filesystem[] {
  const byDevice = new Map<string, Filesystem>();
  for (const row of rows) {
    const shown = byDevice.get(row.device);
    if (isPseudo(row) || (shown !== undefined && shown.mount.length <= row.mount.length)) continue;
    byDevice.set(row.device, row);
  }
  if (byDevice.size > 0) return [...byDevice.values()];
  return rows.filter((row) => row.mount === '/' && row.size_bytes > 0).slice(-1);
}

function isPseudo({ device, type, mount, size_bytes }: Filesystem): boolean {
  // A Synology calls its file systems in memory by where they are mounted.
  if (device === mount && device.startsWith('/')) return true;
  if (size_bytes === 0 || (type !== null && pseudoTypes.has(type))) return true;
  const name = device.split(':')[0] as string;
  return pseudoDevices.has(name) || (device.startsWith('/dev/loop') && mount.includes('/snap/')) || mount === '/rom';
}

/** Types by mount point, also as `mount` prints them; the last mount on a point is the one that is seen there. */
export function parseMounts(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, point, kind] = /^\S.* on (\/.*) type (\S+) \(/.exec(line.slice(0, 2 * maxText)) ?? [];
    const [, mount, type] = line.split(' ');
    if (point !== undefined && kind !== undefined) found.set(point, kind);
    else if (mount !== undefined && type !== undefined) found.set(unescapeMount(mount), type);
  }
  return found;
}

function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
