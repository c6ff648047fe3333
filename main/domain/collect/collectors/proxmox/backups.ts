import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { type CommandRecord, textOf } from '../../record.ts';
import { asRoot, complaintOf, unusable } from '../../run-outcome.ts';
import { looseCount, looseNumber, looseObject, looseObjects, looseText, parseJson } from '../loose-values.ts';

type Value = NonNullable<SampleData['backups']>;
type Backup = Value['list'][number];

const config = 'tail -v -n +1 /etc/pve/storage.cfg /etc/pve/.vmlist';
/** Of each guest, 1 where it is a template, which nobody backs up, and 0 where it is none. */
const templates = 'grep -r -s -c -e ^template..1 /etc/pve/nodes';
const dumps = `find "$d/dump" -maxdepth 1 -type f -name 'vzdump-*' -printf '%T@ %s %p\\n'`;

const list: RunCommand = {
  id: 'backups.list',
  type: 'run',
  when: 'always',
  // A backup server is asked by perl, a second of CPU each: two at most, and only as root.
  line: asRoot(
    `c=$($S ${config}) && date +%s && printf '%s\\n' "$c" && { $S ${templates} || :; } && printf '%s\\n' "$c" | sed -n 's/^[[:space:]]*path //p' | head -n 16 | while read -r d; do ${dumps}; done; [ -n "$S" ] || printf '%s\\n' "$c" | sed -n 's/^pbs: //p' | head -n 2 | while read -r s; do pvesm list "$s" --content backup; done`,
  ),
  tool: 'pvesm',
  sudo: [`/usr/bin/${config}`, `/usr/bin/${templates}`],
  deadlineSeconds: 30,
  maxBytes: 2 * 1024 * 1024,
};

/**
 * The newest backup of each guest, on storages that are folders of this node, and on backup servers.
 *
 * Lists what vzdump wrote: https://pve.proxmox.com/pve-docs/vzdump.1.html, and runs `pvesm list`:
 * https://pve.proxmox.com/pve-docs/pvesm.1.html
 */
export const backups: Collector<'backups', null> = {
  id: 'backups',
  kind: 'slow',
  about: 'Proxmox VE: the age of the newest backup of each guest, and guests that have none; needs root.',
  commands: [list],
  awk: null,
  parse,
};

const maxGuests = 1024;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(list.id).at(-1);
  const reason = unusable(record, list, 'Backups');
  if (reason !== null || record === undefined) return reason ?? { status: 'absent', reason: 'Backups: nobody asked.' };
  const text = textOf(record);
  const now = looseCount(/^(\d{9,11})\r?$/m.exec(text)?.[1]);
  const made = [...filesOf(text), ...serversOf(text), ...rowsOf(text)];
  const guests = guestsOf(text);
  if (made.length === 0 && guests.length === 0 && !/^==> \/etc\/pve\/storage\.cfg|^Volid\s/m.test(text)) {
    return { status: 'failed', reason: `Backups: no storage is told: ${complaintOf(record)}` };
  }
  if (made.length === 0 && /^\S+:backup\/vzdump-/m.test(text)) {
    return { status: 'failed', reason: 'Backups: their names tell the time of a zone that is not told.' };
  }
  const newest = new Map<number, Backup>();
  for (const one of made) {
    const before = newest.get(one.vmid);
    if (before === undefined && newest.size >= maxGuests) continue;
    const count = (before?.count ?? 0) + 1;
    const isNewer = before === undefined || one.made_epoch_seconds > before.made_epoch_seconds;
    newest.set(one.vmid, { ...(isNewer ? one : before), count });
  }
  const aged = [...newest.values()].map((one) => ({
    ...one,
    age_seconds: now === null ? null : Math.max(0, now - one.made_epoch_seconds),
  }));
  return {
    status: 'ok',
    value: {
      list: aged.sort((a, b) => a.vmid - b.vmid),
      missing: isWhole(record, text) ? withoutAny(text, guests, newest) : null,
    },
  };
}

/** Those that are no templates, as far as that is told; null where nothing tells it of any. */
function withoutAny(text: string, guests: readonly number[], newest: ReadonlyMap<number, Backup>): number[] | null {
  if (!text.includes('==> /etc/pve/.vmlist <==')) return null;
  const told = [...text.matchAll(/^\/etc\/pve\/nodes\/[^/\n]{1,100}\/(?:qemu-server|lxc)\/(\d{1,9})\.conf:(\d)\r?$/gm)];
  const plain = new Set(told.filter(([, , count]) => count === '0').map(([, vmid]) => Number(vmid)));
  const missing = guests.filter((vmid) => !newest.has(vmid));
  if (missing.length > 0 && told.length === 0) return null;
  return missing.filter((vmid) => plain.has(vmid)).slice(0, maxGuests);
}

/** Whether all storages have been read: a guest whose backups lie where nobody may look is none without. */
function isWhole({ stderr, truncated, timedOut }: CommandRecord, text: string): boolean {
  const complaints = new TextDecoder().decode(stderr).split('\n');
  // A storage that has no backups yet has no folder for them.
  const isRead = complaints.every((line) => line.trim() === '' || /No such file or directory/.test(line));
  const servers = text.match(/^pbs: \S/gm)?.length ?? 0;
  const told = text.match(/^Volid\s/gm)?.length ?? 0;
  return isRead && !truncated && !timedOut && told >= servers;
}

function backup(vmid: string, storage: string, size: number | null, epoch: number): Backup {
  const made = { made_epoch_seconds: epoch, age_seconds: null, count: 1 };
  return { vmid: Number(vmid), storage: cutText(storage, 128), size_bytes: size, ...made };
}

/** Lines `EPOCH SIZE PATH`; logs, notes and what is still being written are no backups. */
function filesOf(text: string): Backup[] {
  const storages = [
    ...text.matchAll(/^([a-z]{1,32}): (\S{1,128})[^\n]*\n(?:[ \t][^\n]*\n)*?[ \t]+path (\S[^\n]{0,1000})$/gm),
  ];
  const names = new Map(storages.map(([, , name, path]) => [(path as string).trimEnd(), name as string]));
  const pattern =
    /^(\d{9,11})(?:\.\d{1,12})? (\d{1,16}) (\/[^\n]{0,1000})\/dump\/vzdump-(?:qemu|lxc|openvz)-(\d{1,9})-[\d_]{10}-[\d_]{8}\.(?:vma|tar|tgz)(?:\.(?:zst|gz|lzo|bz2))?\r?$/gm;
  return [...text.matchAll(pattern)].map(([, epoch, size, path, vmid]) =>
    backup(vmid as string, names.get(path as string) ?? (path as string), Number(size), Number(epoch)),
  );
}

/** Rows of a backup server: its names carry the instant, in UTC. */
function serversOf(text: string): Backup[] {
  const pattern =
    /^(\S{1,128}):backup\/(?:vm|ct)\/(\d{1,9})\/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\s+\S+\s+backup\s+(\d{1,16})\b/gm;
  return [...text.matchAll(pattern)].flatMap(([, storage, vmid, at, size]) => {
    const epoch = Date.parse(at as string) / 1000;
    return Number.isNaN(epoch) ? [] : [backup(vmid as string, storage as string, Number(size), epoch)];
  });
}

/** Rows of `GET /nodes/NODE/storage/STORAGE/content`. */
function rowsOf(text: string): Backup[] {
  const json = parseJson(text);
  return looseObjects(looseObject(json)?.data ?? json, 8192).flatMap((row) => {
    const [vmid, epoch] = [looseCount(row.vmid), looseNumber(row.ctime)];
    if (row.content !== 'backup' || vmid === null || epoch === null) return [];
    const storage = (looseText(row.volid, 512) ?? '').split(':', 1)[0] as string;
    return [backup(String(vmid), storage, looseNumber(row.size), epoch)];
  });
}

/** Guests of the cluster by `.vmlist`. */
function guestsOf(text: string): number[] {
  const from = text.indexOf('==> /etc/pve/.vmlist <==\n');
  const part = from < 0 ? '' : text.slice(text.indexOf('\n', from) + 1);
  const ids = /^[ \t]*"(\d{1,9})":[ \t]*\{\s{0,8}"node"/gm;
  const until = part.search(/^(?:\d{9,11}\.|Volid\s|==> )/m);
  return [...(until < 0 ? part : part.slice(0, until)).matchAll(ids)]
    .map((one) => Number(one[1]))
    .sort((a, b) => a - b);
}
