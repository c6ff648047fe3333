import type { DumpOnHost } from '../../contract/dumps-on-hosts.ts';
import { pathWord } from '../policy/shell-quote.ts';
import { dumpLogs } from './dump-logs.ts';
import { isLogName, partOfDirectory } from './part-names.ts';

/**
 * Where agents keep their configuration, as far as packages put it there: Rackside's own, proxmox-monitor (proxMon) and
 * gururmm. A pattern of the shell.
 */
const configs = [
  '/etc/rackside-agent/*.toml',
  '/etc/rackside/agent.toml',
  '"$HOME"/.config/rackside-agent/*.toml',
  '/etc/proxmox-monitor/*.toml',
  '/etc/proxmox_monitor/*.toml',
  '/etc/proxmon/*.toml',
  '/etc/proxmox-agent/*.toml',
  '/opt/proxmox-monitor/etc/*.toml',
  '/opt/proxmon/etc/*.toml',
  '/etc/gururmm/*.toml',
  '/etc/gururmm-agent/*.toml',
  '/opt/gururmm/*.toml',
];
const maxConfigBytes = 64 << 10;
export const maxDumpsOnHost = 200;

/** Prints each configuration behind a line `== BYTES PATH`. */
export const configScript = [
  'LC_ALL=C; export LC_ALL',
  `for file in ${configs.join(' ')}; do`,
  '  [ -f "$file" ] && [ -r "$file" ] || continue',
  `  printf '== %s %s\\n' "$(head -c ${maxConfigBytes} "$file" | wc -c | tr -d ' ')" "$file"`,
  `  head -c ${maxConfigBytes} "$file"`,
  'done',
].join('\n');

/** The configurations that the script printed, as text. */
export function readConfigs(printed: Uint8Array): { path: string; text: string }[] {
  const decoder = new TextDecoder();
  const found: { path: string; text: string }[] = [];
  for (let at = 0; at < printed.length; ) {
    const end = printed.indexOf(0x0a, at);
    const head = /^== (\d{1,6}) (\/.*)$/.exec(decoder.decode(printed.subarray(at, end < 0 ? at : end)));
    if (head === null) return found;
    const from = end + 1;
    at = from + Number(head[1]);
    found.push({ path: head[2] as string, text: decoder.decode(printed.subarray(from, at)) });
  }
  return found;
}

/** `[debug] dump_dir` of a configuration; null where there is none, and where it is no absolute path. */
export function dumpDirectoryOf(config: unknown): string | null {
  const debug = (config as { debug?: unknown } | null)?.debug;
  const directory = (debug as { dump_dir?: unknown } | null | undefined)?.dump_dir;
  const isPath = typeof directory === 'string' && directory.startsWith('/') && directory.length < 4096;
  return isPath && !directory.includes('\0') ? directory : null;
}

/** Prints `SIZE SECONDS READABLE PATH` for each log in those directories, rotated or not, and in the ones right below. */
export function findScript(directories: readonly string[]): string {
  return [
    'LC_ALL=C; export LC_ALL',
    `for directory in ${directories.map(pathWord).join(' ')}; do`,
    `  for file in ${dumpLogs.flatMap((name) => [`"$directory"/${name}*`, `"$directory"/*/${name}*`]).join(' ')}; do`,
    '    [ -f "$file" ] || continue',
    '    readable=0; [ -r "$file" ] && readable=1',
    `    printf '%s %s %s\\n' "$(stat -L -c '%s %Y' -- "$file")" "$readable" "$file"`,
    '  done',
    'done',
  ].join('\n');
}

/** The dumps that the script found, the newest first, each with all its parts. A name with a newline in it is none. */
export function readFound(printed: string): DumpOnHost[] {
  const dumps = new Map<string, DumpOnHost>();
  for (const line of printed.split('\n')) {
    const found = /^(\d{1,15}) (\d{1,12}) ([01]) (\/.+)\/([^/]+)$/.exec(line);
    if (found === null || !isLogName(found[5] as string)) continue;
    const [, size, seconds, readable, directory] = found as unknown as [string, string, string, string, string];
    const { first } = partOfDirectory(directory);
    const known = dumps.get(first);
    dumps.set(first, {
      path: known === undefined || comesBefore(directory, known.path) ? directory : known.path,
      bytes: Number(size) + (known?.bytes ?? 0),
      modifiedAt: Math.max(Number(seconds) * 1000, known?.modifiedAt ?? 0),
      readable: readable === '1' && (known?.readable ?? true),
    });
  }
  return [...dumps.values()].sort((a, b) => b.modifiedAt - a.modifiedAt).slice(0, maxDumpsOnHost);
}

function comesBefore(directory: string, other: string): boolean {
  return partOfDirectory(directory).number < partOfDirectory(other).number;
}
