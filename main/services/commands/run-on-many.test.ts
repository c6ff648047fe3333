import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CommandRequest, CommandRun } from '../../contract/commands.ts';
import { FaultError } from '../../contract/faults.ts';
import type { CommandRecord } from '../../domain/collect/record.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import { createPasswords } from './passwords.ts';
import { type RunNeeds, runOnMany } from './run-on-many.ts';

/** Hosts of memory: each answers when the test says so. */
function setUp(count: number) {
  const ids = Array.from({ length: count }, () => randomUUID() as string);
  const journal: [string, CommandRecord][] = [];
  const running = new Map<string, { end(said: string, exit: number, complaint?: string): void }>();
  const wrote: string[] = [];
  let closed = 0;
  let most = 0;
  const channel = (hostId: string): Channel => {
    let onData = (_chunk: Uint8Array): void => {};
    let onError = (_chunk: Uint8Array): void => {};
    let onClose = (_exit: number | null): void => {};
    running.set(hostId, {
      end(said, exit, complaint = '') {
        running.delete(hostId);
        onData(Buffer.from(said));
        onError(Buffer.from(complaint));
        onClose(exit);
      },
    });
    most = Math.max(most, running.size);
    return {
      write: (text) => void wrote.push(text),
      onData: (listener) => {
        onData = listener;
      },
      onError: (listener) => {
        onError = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => {
        closed += 1;
        running.delete(hostId);
      },
    };
  };
  const transport = (hostId: string): Transport => ({
    by: 'a test',
    start: async () => channel(hostId),
    run: () => Promise.reject(new Error('not used')),
    onClose: () => {},
    close: () => {},
  });
  const passwords = createPasswords();
  let time = 0;
  const needs: RunNeeds = {
    hosts: {
      reach: (hostId) => {
        const at = ids.indexOf(hostId);
        if (at === -1) throw new FaultError('disconnected', 'connect', 'It is not connected now.');
        return { name: `host${at}`, transport: transport(hostId) };
      },
      journal: (hostId, record) => void journal.push([hostId, record]),
    },
    passwords,
    clock: () => 7,
    now: () => {
      time += 5;
      return time;
    },
  };
  return { ids, journal, running, wrote, needs, passwords, closed: () => closed, most: () => most };
}

const never = new AbortController().signal;
const request = (hostIds: string[], more: Partial<CommandRequest> = {}): CommandRequest => ({
  hostIds,
  command: 'uname',
  deadlineSeconds: 60,
  maxBytes: 1000,
  ...more,
});

test('a slow host holds nobody; what is told last of each host is how it ended', async () => {
  const lab = setUp(3);
  const stranger = randomUUID();
  const [fast, other, slow] = lab.ids as [string, string, string];
  const last = new Map<string, CommandRun>();
  const states: string[] = [];
  for await (const run of runOnMany(request([slow, fast, other, stranger]), lab.needs, never)) {
    last.set(run.hostId, run);
    states.push(`${run.hostId === slow ? 'slow' : 'other'} ${run.state}`);
    if (run.state !== 'running') continue;
    if (run.hostId === fast) lab.running.get(fast)?.end('Linux\n', 0);
    if (run.hostId === other) lab.running.get(other)?.end('', 3, 'no\n');
    if (last.get(fast)?.state === 'done' && last.get(other)?.state === 'done') lab.running.get(slow)?.end('late', 0);
    else setTimeout(() => lab.running.get(slow)?.end('late', 0), 20);
  }
  const ended = [fast, other, slow, stranger].map((id) => {
    const { state, exit, stdout, stderr, fault } = last.get(id) as CommandRun;
    return { state, exit, stdout, stderr, fault: fault?.code ?? null };
  });
  expect(ended).toEqual([
    { state: 'done', exit: 0, stdout: 'Linux\n', stderr: '', fault: null },
    { state: 'done', exit: 3, stdout: '', stderr: 'no\n', fault: null },
    { state: 'done', exit: 0, stdout: 'late', stderr: '', fault: null },
    { state: 'failed', exit: null, stdout: '', stderr: '', fault: 'disconnected' },
  ]);
  expect(states.at(-1)).toBe('slow done');
  expect(lab.journal.map(([id, { command, endedAt, exit }]) => [id === stranger, command, endedAt, exit])).toEqual([
    [false, "sh -c 'uname'", 7, 0],
    [false, "sh -c 'uname'", 7, 3],
    [false, "sh -c 'uname'", 7, 0],
  ]);
});

test('no more than fifty are at work at once, and all of five hundred come to their end', async () => {
  const lab = setUp(500);
  let done = 0;
  for await (const run of runOnMany(request(lab.ids), lab.needs, never)) {
    if (run.state === 'done') done += 1;
    if (run.state === 'running') setImmediate(() => lab.running.get(run.hostId)?.end('x', 0));
  }
  expect([done, lab.most()]).toEqual([500, 50]);
});

test('leaving ends it on every host where it runs, and begins it nowhere else', async () => {
  const lab = setUp(60);
  const stream = runOnMany(request(lab.ids), lab.needs, never);
  for await (const run of stream) if (run.state === 'running' && lab.running.size === 50) break;
  await expect.poll(() => lab.closed()).toBe(50);
  expect(lab.running.size).toBe(0);
});

test('a password is asked for once, goes to the host alone, and is in no record', async () => {
  const lab = setUp(1);
  const [hostId] = lab.ids as [string];
  const told: string[] = [];
  let result: CommandRun | null = null;
  for await (const run of runOnMany(request([hostId], { sudo: true }), lab.needs, never)) {
    told.push(JSON.stringify(run));
    result = run;
    if (run.state === 'asking' && run.question !== null) {
      const answer = { kind: 'secret', value: 'geheim' } as const;
      expect(() => lab.passwords.answer(randomUUID(), run.question?.id ?? '', answer)).toThrow('no longer asked');
      lab.passwords.answer(hostId, run.question.id, answer);
      expect(() => lab.passwords.answer(hostId, run.question?.id ?? '', answer)).toThrow('no longer asked');
    } else if (run.state === 'running') {
      setImmediate(() => {
        const asked = lab.wrote.length > 1;
        if (asked) lab.running.get(hostId)?.end('rackside: ready for the password\nroot\n', 0);
        else lab.running.get(hostId)?.end('', 1, 'sudo: a password is required\n');
      });
    }
  }
  expect(result).toMatchObject({ state: 'done', exit: 0, stdout: 'root\n', stderr: '' });
  expect(lab.wrote.filter((text) => text.includes('geheim'))).toEqual(['geheim\n']);
  expect([told.join(), JSON.stringify(lab.journal)].filter((text) => text.includes('geheim'))).toEqual([]);
  expect(lab.journal[0]?.[1].command).toBe("sh -c 'LC_ALL=C sudo -n -- uname'");
});
