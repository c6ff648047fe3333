import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collector } from '../../domain/collect/collector.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { createFraming, type FrameEvent } from '../../domain/collect/framing.ts';
import { compileProgram } from '../../domain/collect/program/compile-program.ts';
import { tickLine } from '../../domain/collect/program/ticks.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';

/** Runs the program in the shells and awks of this machine, for its tests. */

export const scratch = mkdtempSync(join(tmpdir(), 'rackside-test-'));
export const running: ChildProcess[] = [];

const shells = { dash: ['dash', []], bash: ['bash', ['--posix']], ash: ['busybox', ['sh']] } as const;
export const shellNames = Object.keys(shells) as (keyof typeof shells)[];
const awks = { mawk: 'mawk', gawk: 'gawk', busybox: 'busybox' } as const;
export const awkNames = Object.keys(awks) as (keyof typeof awks)[];
const packages: Record<string, string> = { dash: 'dash', bash: 'bash', busybox: 'busybox', mawk: 'mawk', gawk: 'gawk' };

export function which(program: string): string {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if (existsSync(join(folder, program))) return join(folder, program);
  }
  throw new Error(`${program} is missing: install the package ${packages[program] ?? program}.`);
}

/** A PATH in which `awk` is the one that is asked for, and nothing else is but what the collectors run. */
export function pathWith(awk: keyof typeof awks | null, extra: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(scratch, 'path-'));
  const tools = ['cat', 'head', 'grep', 'ls', 'date', 'mkdir', 'rm', 'sleep', 'getconf', 'df', 'sh'].filter(
    (tool) => !(tool in extra),
  );
  for (const tool of tools) symlinkSync(which(tool), join(folder, tool));
  if (awk !== null) symlinkSync(which(awks[awk]), join(folder, 'awk'));
  for (const [name, text] of Object.entries(extra)) writeFileSync(join(folder, name), text, { mode: 0o755 });
  return folder;
}

/** The program in a shell of this machine, and what it has said. */
export interface RunningShell {
  readonly child: ChildProcess;
  readonly events: FrameEvent[];
  until<T>(find: (events: readonly FrameEvent[]) => T | undefined): Promise<T>;
  round(kind: 'fast' | 'medium', first?: boolean): Promise<CommandRecord[]>;
  tick(kind: 'fast' | 'medium', first?: boolean): number;
  done(seq: number): Promise<CommandRecord[]>;
}

/** Starts it; it is ended by `endAll` at the latest. */
export function open(options: {
  shell?: keyof typeof shells;
  path: string;
  list?: readonly Collector[];
  preface?: string;
  /** What starts the shell, with fewer rights. */
  through?: readonly string[];
}): RunningShell {
  const boundary = randomBytes(16).toString('hex');
  const list = options.list ?? collectors;
  const [program, args] = shells[options.shell ?? 'dash'];
  const [starter, ...rest] = [...(options.through ?? []), which(program), ...args];
  const child = spawn(starter as string, rest, { env: { PATH: options.path, TMPDIR: scratch }, stdio: 'pipe' });
  running.push(child);
  const framing = createFraming(boundary, list);
  const events: FrameEvent[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const check of waiting) check();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    events.push(...framing.feed(chunk, Date.now()));
    wake();
  });
  child.stdin?.on('error', () => {});
  child.stdin?.write(options.preface ?? '');
  child.stdin?.write(compileProgram(list, boundary));
  let seq = 0;
  const session: RunningShell = {
    child,
    events,
    until: (find) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = find(events);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        child.once('close', () => reject(new Error(`The program ended: ${JSON.stringify(events.slice(-3))}`)));
        waiting.add(check);
        check();
      }),
    tick: (kind, first = false) => {
      seq += 1;
      child.stdin?.write(tickLine({ seq, kind, first }));
      return seq;
    },
    done: (wanted) =>
      session.until((all) =>
        all.some((event) => event.type === 'done' && event.seq === wanted)
          ? all.flatMap((event) => (event.type === 'record' && event.seq === wanted ? [event.record] : []))
          : undefined,
      ),
    round: (kind, first) => session.done(session.tick(kind, first)),
  };
  return session;
}

export async function ready(session: RunningShell): Promise<string> {
  return session.until((events) => events.find((event) => event.type === 'ready')?.awk);
}

export function closed(child: ChildProcess): Promise<number | null> {
  return child.exitCode === null
    ? new Promise((resolve) => child.once('close', resolve))
    : Promise.resolve(child.exitCode);
}

export function leftovers(child: ChildProcess): string[] {
  const folders = ['/dev/shm', '/run', scratch].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) => readdirSync(folder).filter((name) => name === `rackside.${child.pid}`));
}

/** A collector of one forked command, for what the real ones cannot be made to do. */
export function runner(line: string, maxBytes = 1000): Collector {
  return {
    id: 'load',
    kind: 'fast',
    about: 'A test.',
    commands: [{ id: 'test.run', type: 'run', when: 'always', line, deadlineSeconds: 1, maxBytes }],
    awk: null,
    parse: () => ({ status: 'absent', reason: 'A test.' }),
  };
}

export function runRecord(records: readonly CommandRecord[], line: string): CommandRecord {
  const found = records.find((record) => record.command === line);
  if (found === undefined) throw new Error(`No record of ${line}`);
  return found;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The number of a process that is no more. */
export function ended(): number {
  return spawnSync(which('true')).pid;
}

export function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return '';
  }
}

/** Processes with that text in their command line. */
export function mentioned(text: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });
}

/** Ends what a test has started. */
export function endAll(): void {
  for (const child of running.splice(0)) child.kill('SIGKILL');
}

export function removeScratch(): void {
  rmSync(scratch, { recursive: true, force: true });
}
