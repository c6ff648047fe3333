import { expect, test } from 'vitest';
import type { CommandRun } from '../../contract/commands.ts';
import { parseArguments } from './arguments.ts';
import { runGroupText } from './run-text.ts';

const run: CommandRun = {
  hostId: 'a',
  state: 'done',
  question: null,
  exit: 0,
  durationMs: 12,
  stdout: 'one\n\x1b[2Jtwo\n',
  stderr: 'bad\nworse',
  truncated: true,
  digest: '',
  fault: null,
};

test('hosts, how it went, and what they printed, fit for a terminal', () => {
  const runs = [
    { name: 'a', run },
    { name: 'b\n', run },
  ];
  expect(runGroupText({ runs, run })).toBe(
    '2 hosts: a, b\\n (exit 0, 12.0 ms)\none\n\\x1b[2Jtwo\nstderr: bad\nstderr: worse\nIt printed more than is shown here.\n',
  );
});

test('a fault is told with its sentence', () => {
  const fault = { code: 'disconnected', step: 'connect', message: 'It is not connected now.' } as const;
  const failed: CommandRun = {
    ...run,
    state: 'failed',
    exit: null,
    durationMs: null,
    stdout: '',
    stderr: '',
    truncated: false,
    fault,
  };
  expect(runGroupText({ runs: [{ name: 'a', run: failed }], run: failed })).toBe(
    '1 host: a (disconnected)\nIt is not connected now.\n',
  );
});

test('what stands after -- is the command, whatever it looks like', () => {
  const parsed = parseArguments([
    'run',
    '--hosts',
    'a,b',
    '--hosts',
    'c',
    '--tag',
    'db',
    '--sudo',
    '--',
    'ls',
    '-la',
    '--all',
  ]);
  expect([parsed.operands, parsed.selection, parsed.sudo]).toEqual([
    ['ls', '-la', '--all'],
    { names: ['a', 'b', 'c'], groups: [], tags: ['db'], all: false },
    true,
  ]);
});
