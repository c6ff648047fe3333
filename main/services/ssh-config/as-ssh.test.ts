import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultError } from '../../contract/faults.ts';
import { answeredCases } from './answered-cases-fixture.ts';
import { type Answer, askSsh, lineIn, type PlacedCase, placed, sshVersion, write } from './ask-ssh-fixture.ts';
import type { ConfigCase } from './config-cases-fixture.ts';
import { refusedCases } from './refused-cases-fixture.ts';
import { sectionCases } from './section-cases-fixture.ts';
import { createSshConfig } from './ssh-config.ts';

const home = userInfo().homedir;
const version = sshVersion();
const isKnown = version.startsWith('OpenSSH_9.2p1 Debian');
if (!isKnown) {
  process.stderr.write(
    `Not compared with ssh -G: that needs Debian's OpenSSH 9.2, and here is ${version || 'none'}.\n`,
  );
}

async function askRackside({ file, host, options }: PlacedCase): Promise<Answer> {
  const given = (letter: string): string | null => options[options.indexOf(letter) + 1 || options.length] ?? null;
  const port = given('-p');
  const config = createSshConfig({ home, file, mayRunExec: false });
  try {
    const typed = { destination: host, user: given('-l'), port: port === null ? null : Number(port) };
    return { lines: await config.printed(typed), line: null };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    expect(error.fault).toMatchObject({ code: 'bad_input', step: 'ssh config' });
    return { lines: null, line: lineIn(error.fault.message) };
  }
}

describe.skipIf(!isKnown)('as ssh -G of this machine', () => {
  const root = join(tmpdir(), `rackside-config-${process.pid}`);
  const inRoot = (kind: string) => (one: ConfigCase, index: number) => placed(one, join(root, `${kind}${index}`));
  const taken = [...answeredCases, ...sectionCases].map(inRoot('taken'));
  const refused = refusedCases.map(inRoot('refused'));
  let answers = new Map<string, Answer>();

  beforeAll(async () => {
    mkdirSync(root);
    for (const one of [...taken, ...refused]) write(one);
    answers = await askSsh([...taken, ...refused]);
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test.for(taken)('$about', async (one) => {
    const expected = answers.get(one.file);
    expect(expected?.lines).not.toBeNull();
    expect(await askRackside(one)).toEqual(expected);
  });

  test.for(refused)('refused: $about', async (one) => {
    const expected = answers.get(one.file);
    expect(expected?.lines).toBeNull();
    const answer = await askRackside(one);
    // ssh does not name the line of everything that is wrong with one.
    expect({ ...answer, line: expected?.line === null ? null : answer.line }).toEqual(expected);
  });

  test('the files of the user and of the system, where none is named', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    execFile('ssh', ['-G', 'web'], { encoding: 'utf8' }, (_error, stdout) => resolve(stdout.trimEnd()));
    const typed = { destination: 'web', user: null, port: null };
    const lines = await createSshConfig({ home, file: null, mayRunExec: false }).printed(typed);
    expect(lines.join('\n')).toBe(await promise);
  });
});
