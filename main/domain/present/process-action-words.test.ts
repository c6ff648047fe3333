import { expect, test } from 'vitest';
import type { ProcessActionDone } from '../../contract/process-actions.ts';
import { processActionDoneWords } from './process-action-words.ts';

const kill: ProcessActionDone = {
  ...{ hostId: '5f0b3f9e-7a5c-4c9e-9a56-0d7c1a2b3c4d', at: 0, by: 'marie', sudo: true, pid: 7, name: 'dd' },
  action: { kind: 'signal', signal: 'KILL' },
  ...{ outcome: 'done', fault: null },
};

test('what was done is told with who asked and what came of it', () => {
  const nice: ProcessActionDone = { ...kill, sudo: false, name: null, action: { kind: 'renice', nice: 10 } };
  expect([
    processActionDoneWords(kill),
    processActionDoneWords({ ...nice, outcome: 'replaced' }),
    processActionDoneWords({ ...nice, outcome: null, fault: 'The host is not connected.' }),
  ]).toEqual([
    { what: 'Kill (SIGKILL): dd, PID 7', whose: 'by marie, as root', outcome: 'Done' },
    { what: 'Set nice to 10: PID 7', whose: 'by marie', outcome: 'Nothing done: another process had its PID' },
    { what: 'Set nice to 10: PID 7', whose: 'by marie', outcome: 'Not known: The host is not connected.' },
  ]);
});
