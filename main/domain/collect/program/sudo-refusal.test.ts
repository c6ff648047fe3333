import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import {
  endAll,
  open,
  pathWith,
  ready,
  removeScratch,
  runner,
  runRecord,
  scratch,
  shellNames,
} from '../../../services/collect/program-fixture.ts';
import type { Collector, RunCommand } from '../collector.ts';
import { asRoot, unusable } from '../run-outcome.ts';

afterEach(endAll);
afterAll(removeScratch);

const line = asRoot('$S cat /etc/shadow-of-nothing');

/** A collector that needs root, as somebody whom sudo refuses. */
function needsRoot(): { collector: Collector; command: RunCommand } {
  const base = runner(line);
  const command: RunCommand = {
    ...(base.commands[0] as RunCommand),
    tool: 'cat',
    sudo: ['/bin/cat /etc/shadow-of-nothing'],
  };
  return { collector: { ...base, commands: [command] }, command };
}

test.each([
  ['sudo: a password is required', shellNames],
  ['sudo: sorry, you must have a tty to run sudo', ['dash']],
  ['Sorry, user nobody is not allowed to execute it as root on this host.', ['dash']],
  ['nobody is not in the sudoers file.', ['dash']],
] as const)('%s: sudo is asked once in a session, and the reason says what would help', async (words, shells) => {
  for (const shell of shells) {
    const asked = join(scratch, `asked-${shell}-${words.length}`);
    const path = pathWith('mawk', {
      id: '#!/bin/sh\necho 1000\n',
      sudo: `#!/bin/sh\necho asked >>${asked}\necho '${words}' >&2\nexit 1\n`,
    });
    const { collector, command } = needsRoot();
    const session = open({ shell, path, list: [collector] });
    await ready(session);
    const outcomes = [];
    for (const isFirst of [true, false, false]) {
      const record = runRecord(await session.round('fast', isFirst), line);
      outcomes.push(unusable(record, command, 'It'));
    }
    const refusal = {
      status: 'failed',
      reason: 'It: cat needs root.',
      remedy: 'USER ALL=(root) NOPASSWD: /bin/cat /etc/shadow-of-nothing',
    };
    expect(outcomes).toEqual([refusal, refusal, refusal]);
    expect(readFileSync(asked, 'utf8')).toBe('asked\n');
  }
});

test('sudo that does not refuse is asked in every round, and root asks none', async () => {
  const asked = join(scratch, 'asked-and-given');
  const sudo = `#!/bin/sh\necho asked >>${asked}\necho secret\n`;
  const rounds = async (id: string) => {
    const { collector } = needsRoot();
    const session = open({ path: pathWith('mawk', { id: `#!/bin/sh\necho ${id}\n`, sudo }), list: [collector] });
    await ready(session);
    for (const isFirst of [true, false]) await session.round('fast', isFirst);
  };
  await rounds('0');
  expect(existsSync(asked)).toBe(false);
  await rounds('1000');
  expect(readFileSync(asked, 'utf8')).toBe('asked\nasked\n');
});
