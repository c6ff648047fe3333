import { expect, test } from 'vitest';
import type { RunCommand } from './collector.ts';
import { record } from './collectors/round-fixture.ts';
import type { CommandRecord } from './record.ts';
import { asRoot, complaintOf, unusable } from './run-outcome.ts';

const command: RunCommand = {
  ...{ id: 'smart.scan', type: 'run', when: 'always', tool: 'smartctl', deadlineSeconds: 20, maxBytes: 1000 },
  line: asRoot('$S smartctl --scan -j'),
  sudo: ['/usr/sbin/smartctl --scan -j', '/usr/sbin/smartctl -a -j /dev/*'],
};
const said = (text: string, more: Partial<CommandRecord>) =>
  record('', { stderr: new TextEncoder().encode(text), ...more });
const remedy = 'USER ALL=(root) NOPASSWD: /usr/sbin/smartctl --scan -j, /usr/sbin/smartctl -a -j /dev/*';

test.each<[string, CommandRecord | undefined, ReturnType<typeof unusable>]>([
  ['nobody asked', undefined, { status: 'absent', reason: 'SMART: nobody asked.' }],
  [
    'no such program',
    record('', { exit: null, error: '{:enoent, "smartctl"}' }),
    { status: 'absent', reason: 'SMART: there is no smartctl here.' },
  ],
  [
    'a shell that knows none',
    said('sh: 1: smartctl: not found\n', { exit: 127 }),
    { status: 'absent', reason: 'SMART: there is no smartctl here.' },
  ],
  [
    'sudo asks for a password',
    said('sudo: a password is required\n', { exit: 1 }),
    { status: 'failed', reason: 'SMART: smartctl needs root.', remedy },
  ],
  [
    'sudo was asked before',
    record('', { exit: null, error: 'sudo refused it earlier in this session.' }),
    { status: 'failed', reason: 'SMART: smartctl needs root.', remedy },
  ],
  [
    'it hangs',
    record('', { exit: null, timedOut: true }),
    { status: 'failed', reason: 'SMART: smartctl did not answer within 20 s.' },
  ],
  ['it hangs half way', record('{"a":1}\n', { exit: null, timedOut: true }), null],
  ['it complains and prints all the same', record('{}', { exit: 4 }), null],
])('%s', (_, given, outcome) => {
  expect(unusable(given, command, 'SMART')).toEqual(outcome);
});

test.each([
  ['standard error comes first', said('no pools available\nmore\n', { exit: 0 }), 'no pools available'],
  ['what it printed', record('cannot open\n', { exit: 1 }), 'cannot open'],
  ['nothing at all', record('', { exit: 3 }), 'exit 3'],
])('a complaint: %s', (_, given, words) => {
  expect(complaintOf(given)).toBe(words);
});
