import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import type { ProcessActionRequest, ProcessActionStep } from '../../contract/process-actions.ts';
import { createActionLog } from './action-log.ts';

const [tank, other] = ['5f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d', '6f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d'];
const kill: ProcessActionRequest = {
  ...{ hostId: tank, bootId: null, pid: 7, start_ticks: 50, name: 'dd', sudo: true },
  action: { kind: 'signal', signal: 'KILL' },
};
const nothing = { question: null, outcome: null, said: null, fault: null };
const running: ProcessActionStep = { ...nothing, state: 'running' };

async function* steps(...all: ProcessActionStep[]) {
  yield* all;
}

function logIn(file = join(temporaryDirectory(), 'actions.json')) {
  let now = 1000;
  return { file, log: createActionLog({ file, by: 'marie', now: () => now++ }) };
}

async function all(log: ReturnType<typeof logIn>['log'], request: ProcessActionRequest, ...told: ProcessActionStep[]) {
  const seen: string[] = [];
  for await (const { state } of log.follow(request, steps(...told))) seen.push(state);
  return seen;
}

const asked = { hostId: tank, by: 'marie', pid: 7, action: kill.action };

test('an action is remembered with who asked, of what, and what came of it; also after a restart', async () => {
  const { file, log } = logIn();
  const seen = await all(log, kill, running, { ...running, state: 'ended', outcome: 'done' });
  const { name: _name, sudo: _sudo, ...plain } = kill;
  await all(log, plain, { ...running, state: 'ended', outcome: 'failed', said: 'kill: no' });
  await all(log, { ...kill, hostId: other }, { ...running, state: 'ended', outcome: 'gone' });
  const again = logIn(file).log;
  expect([seen, await again.list(tank), statSync(file).mode & 0o777]).toEqual([
    ['running', 'ended'],
    [
      { ...asked, at: 1001, sudo: false, name: null, outcome: 'failed', fault: 'kill: no' },
      { ...asked, at: 1000, sudo: true, name: 'dd', outcome: 'done', fault: null },
    ],
    0o600,
  ]);
});

test('one whose end nobody waited for is remembered as that', async () => {
  const { log } = logIn();
  for await (const _step of log.follow(kill, steps(running, running))) break;
  expect(await log.list(tank)).toEqual([
    { ...asked, at: 1000, sudo: true, name: 'dd', outcome: null, fault: 'Nobody waited for its end.' },
  ]);
});

test('a file that says something else is none; one that cannot be written stops no action', async () => {
  const { file, log } = logIn();
  writeFileSync(file, '{"a":1}');
  expect(await log.list(tank)).toEqual([]);
  const nowhere = logIn(join(file, 'below', 'a', 'file')).log;
  expect(await all(nowhere, kill, { ...running, state: 'ended', outcome: 'done' })).toEqual(['ended']);
  expect(readFileSync(file, 'utf8')).toBe('{"a":1}');
});
