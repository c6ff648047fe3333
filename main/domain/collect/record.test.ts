import { expect, test } from 'vitest';
import { type CommandRecord, rawTextOf, textOf } from './record.ts';

const record = (text: string, flags: Partial<CommandRecord>): CommandRecord => ({
  ...{ command: 'cat', endedAt: 0, exit: 0, error: null, durationMs: 0, stderr: new Uint8Array() },
  ...{ stdout: new TextEncoder().encode(text), truncated: false, timedOut: false },
  ...flags,
});

test('half a number is another number: a last line that was cut is no text, unless it is asked for', () => {
  const cut = [{ truncated: true }, { timedOut: true }];
  expect([
    ...cut.map((flags) => textOf(record('one 173\ntwo 17', flags))),
    ...cut.map((flags) => textOf(record('17', flags))),
    textOf(record('one 173\ntwo 17', {})),
    rawTextOf(record('one 173\ntwo 17', { truncated: true })),
  ]).toEqual(['one 173\n', 'one 173\n', '', '', 'one 173\ntwo 17', 'one 173\ntwo 17']);
});
