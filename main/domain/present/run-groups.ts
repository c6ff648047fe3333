import type { CommandRun } from '../../contract/commands.ts';
import { formatCount, formatMilliseconds } from './units.ts';

/** What a command did on a host that a technician knows by this name. */
export interface NamedRun {
  readonly name: string;
  readonly run: CommandRun;
}

/** Hosts where the same happened: the same exit and output byte for byte, or the same fault. */
export interface RunGroup {
  /** By name. */
  readonly runs: readonly NamedRun[];
  /** Any of them: what is told of it holds for all. */
  readonly run: CommandRun;
}

/**
 * Hosts by what the command did there, those where it has ended. `largest`: the largest group first; `differing`: the
 * largest last, so that what differs is seen first. Groups of one size stand by the name of their first host.
 */
export function groupRuns(runs: readonly NamedRun[], order: 'largest' | 'differing'): RunGroup[] {
  const groups = new Map<string, NamedRun[]>();
  for (const named of runs) {
    if (!hasEnded(named.run)) continue;
    const key = sameness(named.run);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [named]);
    else group.push(named);
  }
  const sign = order === 'largest' ? -1 : 1;
  return [...groups.values()]
    .map((group) => group.sort(byName))
    .map((group) => ({ runs: group, run: (group[0] as NamedRun).run }))
    .sort((a, b) => sign * (a.runs.length - b.runs.length) || byName(a.runs[0] as NamedRun, b.runs[0] as NamedRun));
}

export function hasEnded({ state }: CommandRun): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

function sameness({ state, exit, digest, fault, stdout, stderr }: CommandRun): string {
  if (state === 'done') return `done ${exit} ${digest}`;
  return JSON.stringify([state, fault?.code, fault?.message, stdout, stderr]);
}

const collator = new Intl.Collator('en', { numeric: true });

function byName(a: NamedRun, b: NamedRun): number {
  return collator.compare(a.name, b.name);
}

/** `exit 0`, `exit 137 (signal 9)`, `timeout`, `cancelled`: how it went, in a word or two. */
export function runWord({ state, exit, fault }: CommandRun): string {
  if (state === 'done' && exit !== null)
    return exit > 128 && exit < 160 ? `exit ${exit} (signal ${exit - 128})` : `exit ${exit}`;
  if (state === 'failed') return (fault?.code ?? 'failed').replaceAll('_', ' ');
  return state;
}

/** `ok`: it ran and exited with 0. */
export function runTone({ state, exit }: CommandRun): 'ok' | 'bad' | 'warn' | 'quiet' {
  if (state === 'done') return exit === 0 ? 'ok' : 'bad';
  if (state === 'failed') return 'bad';
  return state === 'cancelled' ? 'warn' : 'quiet';
}

/** How long it took on these hosts: `12.0 ms`, `12.0 ms to 3.10 s`; null where it is not known of any. */
export function tookWords(runs: readonly NamedRun[]): string | null {
  const known = runs.map(({ run }) => run.durationMs).filter((ms) => ms !== null);
  if (known.length === 0) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)].map((ms) => formatMilliseconds(ms));
  return least === most ? `${most}` : `${least} to ${most}`;
}

/** `3 hosts`. */
export function countWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'host' : 'hosts'}`;
}
