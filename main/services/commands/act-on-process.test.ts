import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { FaultError } from '../../contract/faults.ts';
import type { ProcessAction, ProcessActionStep } from '../../contract/process-actions.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import { processActionLine, readProcessAction } from '../../domain/policy/process-action.ts';
import { actOnProcess } from './act-on-process.ts';
import { shellsOf } from './lab-fixture.ts';
import { createPasswords } from './passwords.ts';

const hostId = '11111111-1111-4111-8111-111111111111';
const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const fieldsOf = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
const startOf = (pid: number) => Number(fieldsOf(pid)[19]);
const stateOf = (pid: number) => fieldsOf(pid)[0];

async function sleeper(program = 'sleep', args: readonly string[] = ['600']) {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  started.push(child);
  await once(child, 'spawn');
  return { child, pid: child.pid as number };
}

interface More {
  readonly start_ticks?: number;
  readonly bootId?: string | null;
  /** What starts the shell on the host, with fewer rights. */
  readonly as?: readonly string[];
  readonly shell?: readonly string[];
}

async function act(pid: number, action: ProcessAction, more: More = {}) {
  const records: CommandRecord[] = [];
  const [program = 'sh', ...args] = [...(more.as ?? []), ...(more.shell ?? ['dash'])];
  const hosts = {
    reach: () => ({ name: 'tank', transport: shellsOf(program, args) }),
    journal: (_: string, record: CommandRecord) => records.push(record),
  };
  const needs = { hosts, passwords: createPasswords(), clock: () => 1000, now: () => 0 };
  const request = { hostId, bootId, pid, start_ticks: more.start_ticks ?? startOf(pid), action };
  const asked = more.bootId === undefined ? request : { ...request, bootId: more.bootId };
  let last: ProcessActionStep | null = null;
  for await (const step of actOnProcess(asked, needs, new AbortController().signal)) last = step;
  return { last, journal: records.map(({ command, exit }) => [command.includes(`/proc/${pid}/stat`), exit]) };
}

const ended = { state: 'ended', question: null, said: null, fault: null };
const term = { kind: 'signal', signal: 'TERM' } as const;

describe.each([['dash'], ['bash', '--posix'], ['busybox', 'sh']])('by %s', (...shell) => {
  test('a process gets its signal, and the run is journalled', async () => {
    const { child, pid } = await sleeper();
    const gone = once(child, 'exit');
    expect(await act(pid, term, { shell })).toEqual({ last: { ...ended, outcome: 'done' }, journal: [[true, 0]] });
    expect(await gone).toEqual([null, 'SIGTERM']);
  });

  test('one that has the PID by now is left alone', async () => {
    const { child, pid } = await sleeper();
    const one = await act(pid, { kind: 'signal', signal: 'KILL' }, { shell, start_ticks: startOf(pid) - 1 });
    const other = await act(pid, term, { shell, bootId: '00000000-0000-0000-0000-000000000000' });
    expect([one.last?.outcome, other.last?.outcome]).toEqual(['replaced', 'replaced']);
    expect([child.exitCode, child.signalCode, stateOf(pid) === 'Z']).toEqual([null, null, false]);
  });

  test('it is stopped, goes on, and is reniced to a value, twice the same', async () => {
    const { pid } = await sleeper();
    const signal = (name: 'STOP' | 'CONT') => act(pid, { kind: 'signal', signal: name }, { shell, bootId: null });
    // The kernel takes a signal when the process next runs, which may be after the shell has said "done".
    expect((await signal('STOP')).last?.outcome).toBe('done');
    await expect.poll(() => stateOf(pid)).toBe('T');
    expect((await signal('CONT')).last?.outcome).toBe('done');
    await expect.poll(() => stateOf(pid)).toBe('S');
    for (const _ of [1, 2]) {
      expect((await act(pid, { kind: 'renice', nice: 17 }, { shell })).last?.outcome).toBe('done');
      expect(getPriority(pid)).toBe(17);
    }
  });
});

test('what has ended is gone, or a zombie while its parent does not look', async () => {
  const { child, pid } = await sleeper();
  const start_ticks = startOf(pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await act(pid, term, { start_ticks })).last).toEqual({ ...ended, outcome: 'gone' });

  const parent = await sleeper('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600']);
  const [told] = (await once(parent.child.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
  const orphan = Number(told);
  const born = startOf(orphan);
  // A shell would collect it.
  await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n');
  process.kill(orphan, 'SIGKILL');
  await expect.poll(() => stateOf(orphan)).toBe('Z');
  expect((await act(orphan, term, { start_ticks: born })).last).toEqual({ ...ended, outcome: 'zombie' });
});

test("another user's is refused by the host", async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('Only root can be somebody else.');
  const { pid } = await sleeper();
  const as = ['setpriv', '--reuid', '65534', '--clear-groups'];
  expect((await act(pid, term, { as })).last).toEqual({ ...ended, outcome: 'not_permitted' });
  expect((await act(pid, { kind: 'renice', nice: -5 }, { as })).last).toEqual({ ...ended, outcome: 'not_permitted' });
});

test('a host that is not connected, and one that says something else, have done nothing', async () => {
  const hosts = {
    reach: () => {
      throw new FaultError('disconnected', 'command', 'Not connected.');
    },
    journal: () => {},
  };
  const needs = { hosts, passwords: createPasswords(), clock: () => 0, now: () => 0 };
  const request = { hostId, bootId, pid: 1, start_ticks: 0, action: term };
  let last: ProcessActionStep | null = null;
  for await (const step of actOnProcess(request, needs, new AbortController().signal)) last = step;
  expect(last).toMatchObject({ state: 'ended', outcome: null, fault: { code: 'disconnected' } });
  expect(readProcessAction('', 'sh: renice: not found\n')).toEqual({
    outcome: 'failed',
    said: 'sh: renice: not found',
  });
  expect(readProcessAction('x\nrackside: done\n', '').outcome).toBe('failed');
});

test('a name that looks like the end of itself does not shift the fields', async () => {
  const { pid } = await sleeper('bash', ['-c', `printf ') S 1 ) 2' >/proc/$$/comm; read line`]);
  await expect.poll(() => readFileSync(`/proc/${pid}/comm`, 'utf8')).toContain(') S 1');
  expect((await act(pid, term)).last?.outcome).toBe('done');
  expect(processActionLine({ bootId: null, pid: 7, start_ticks: 9, action: term })).not.toContain('boot_id');
});
