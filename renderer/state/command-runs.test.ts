import { expect, test } from 'vitest';
import type { CommandRun } from '../../main/contract/commands.ts';
import type { Host } from '../../main/contract/hosts.ts';
import { leftAt, withLine } from './command-runs.ts';

test('a line that was run before is the newest again, and the oldest go', () => {
  expect(withLine(['a', 'b', 'c'], 'a')).toEqual(['b', 'c', 'a']);
  const many = Array.from({ length: 100 }, (_, at) => `${at}`);
  expect(withLine(many, 'new')).toEqual([...many.slice(1), 'new']);
});

test('what had not ended ended with the stream, and keeps what it said', () => {
  const host = (id: string): Host => ({
    id,
    name: id,
    group: null,
    tags: [],
    addedAt: 0,
    target: { transport: 'local' },
  });
  const output = { durationMs: null, stdout: 'x', stderr: '', truncated: false, digest: '', question: null };
  const done: CommandRun = { hostId: 'a', state: 'done', exit: 0, ...output, fault: null };
  const running: CommandRun = { hostId: 'b', state: 'running', exit: null, ...output, fault: null };
  const fault = { code: 'cancelled', step: 'commands.run', message: 'Cancelled.' } as const;
  expect(leftAt({ a: done, b: running }, [host('a'), host('b'), host('c')], fault)).toEqual({
    a: done,
    b: { ...running, state: 'cancelled', fault },
    c: { ...running, hostId: 'c', stdout: '', state: 'cancelled', fault },
  });
});
