import { dumpEnding, dumpLogs } from '../dump/dump-logs.ts';
import { rotatedLog } from '../dump/part-names.ts';

/**
 * What a member of an archive is by its name: a file of the dump in that directory of the archive, something else, or
 * a name that leads out of the archive. The name chooses no path: what is unpacked gets names of our own, those of logs
 * with their number where they were rotated.
 */
export type DumpMember =
  | { readonly type: 'dump'; readonly directory: string; readonly file: string }
  | { readonly type: 'other' }
  | { readonly type: 'outside' };

const other: DumpMember = { type: 'other' };
const outside: DumpMember = { type: 'outside' };
const maxNameLength = 4096;

/** Windows parts names by backslashes, also in archives where they may not stand. */
export function dumpMember(name: string): DumpMember {
  if (name.length > maxNameLength || name.includes('\0')) return outside;
  const plain = name.replaceAll('\\', '/');
  if (plain.startsWith('/') || /^[a-z]:/i.test(plain)) return outside;
  const parts = plain.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return outside;
  const last = parts.at(-1) ?? '';
  const directory = parts.slice(0, -1).join('/');
  if (dumpLogs.some((log) => log === last)) return { type: 'dump', directory, file: last };
  if (rotatedLog(last) !== null) return { type: 'dump', directory, file: last };
  if (!last.endsWith(dumpEnding)) return other;
  return { type: 'dump', directory: parts.join('/'), file: 'commands.log' };
}
