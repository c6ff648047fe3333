import { expect, test } from 'vitest';
import type { Fault } from '../contract/faults.ts';
import type { Collector } from '../domain/collect/collector.ts';
import type { CommandRecord } from '../domain/collect/record.ts';
import { startSession } from './collect/session.ts';
import { createLocalConnect } from './local/create-local-connect.ts';

const never = new AbortController().signal;

const collectors: Collector[] = [
  {
    id: 'filesystems',
    kind: 'fast',
    about: 'A command that never ends.',
    commands: [
      {
        type: 'run',
        id: 'hang',
        when: 'first',
        line: "trap '' TERM; echo begun; sleep 1000",
        deadlineSeconds: 1,
        maxBytes: 100,
      },
    ],
    awk: null,
    parse: () => ({ status: 'absent', reason: 'not read here' }),
  },
];

test('a command that hangs on a real host is ended at its deadline, and the round goes on', async () => {
  const transport = await createLocalConnect()({ onStep: () => undefined, ask: () => Promise.reject() }, never);
  const records: CommandRecord[] = [];
  const ends: (Fault | null)[] = [];
  const done = Promise.withResolvers<void>();
  const session = await startSession({
    transport,
    collectors,
    signal: never,
    onRecord: (record) => records.push(record),
    onSample: () => done.resolve(),
    onEnd: (fault) => {
      ends.push(fault);
      done.resolve();
    },
  });
  await done.promise;
  session.close();
  transport.close();
  const hung = records.find(({ command }) => command.startsWith('trap'));
  expect({ output: Buffer.from(hung?.stdout ?? []).toString(), timedOut: hung?.timedOut, exit: hung?.exit }).toEqual({
    output: 'begun\n',
    timedOut: true,
    exit: null,
  });
  expect(ends).toEqual([null]);
});
