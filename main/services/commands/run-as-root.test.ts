import { chmodSync, chownSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { processesWith } from '../../../e2e/lab/processes-with.ts';
import { labPassword, sudoHost, uniqueSleep } from './lab-fixture.ts';
import { type RootRun, runAsRoot } from './run-as-root.ts';

const probe = sudoHost([]);
if (typeof probe === 'string') process.stderr.write(`The tests of sudo do not run: ${probe}.\n`);
else probe.stop();
const withSudo = test.skipIf(typeof probe === 'string');
// They wait for processes more than they compute.
const atOnce = withSudo.concurrent;

const root = 'root ALL=(ALL) ALL';
/** As old and as new sudo runs commands: in the caller's terminal, or in one of its own. */
const ptys = ['Defaults !use_pty', 'Defaults use_pty'];

interface More extends Partial<RootRun> {
  /** What root does on the host before. */
  readonly first?: string;
}

async function run(sudoers: readonly string[], line: string, more: More = {}, given: string | null = null) {
  const host = sudoHost([root, ...sudoers], more.first);
  if (typeof host === 'string') throw new Error(host);
  const asked: string[] = [];
  const { stdout, stderr, exit, fault } = await runAsRoot(host.transport, {
    line,
    host: 'tank',
    deadlineMs: 10_000,
    maxBytes: 1 << 16,
    signal: new AbortController().signal,
    now: () => performance.now(),
    askPassword: async (prompt) => {
      asked.push(prompt);
      return given;
    },
    ...more,
  }).finally(host.stop);
  return { stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString(), exit, fault, asked };
}

const ran = { stderr: '', exit: 0, fault: null, asked: [] };
const question = 'The password of your user on tank, for sudo:';

atOnce('NOPASSWD: nobody is asked, and the command has its own quotes and exit', async () => {
  const rule = 'nobody ALL=(root) NOPASSWD: ALL';
  expect(await run([rule], 'id -un')).toEqual({ ...ran, stdout: 'root\n' });
  const line = `id -un; echo "it's"; exit 4`;
  expect(await run([rule], line)).toEqual({ ...ran, stdout: "root\nit's\n", exit: 4 });
});

atOnce('a rule for one command lets that one through, as it was suggested', async () => {
  const refused = await run([], 'id -u', {}, labPassword);
  const rule = refused.fault?.message.match(/not to run: (.*)$/)?.[1] ?? '';
  expect({ rule, asked: refused.asked }).toEqual({
    rule: 'nobody ALL=(root) NOPASSWD: /usr/bin/id -u',
    asked: [question],
  });
  expect(await run([rule], 'id -u')).toEqual({ ...ran, stdout: '0\n' });
  expect((await run([rule], 'id -un', {}, null)).fault).toMatchObject({ code: 'not_permitted', step: 'sudo' });
});

atOnce.each(ptys)('a password is asked for once, and is in no list of processes; %s', async (pty) => {
  const line = `id -un; cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' ' '`;
  const result = await run([pty, 'nobody ALL=(root) ALL'], line, { maxBytes: 1 << 20 }, labPassword);
  expect({ ...result, stdout: result.stdout.slice(0, 5) }).toEqual({ ...ran, stdout: 'root\n', asked: [question] });
  expect(result.stdout.length).toBeGreaterThan(1000);
  expect(result.stdout).not.toContain('geheim $HOME');
});

atOnce('a wrong password is not asked for again', async () => {
  const { fault, exit, asked } = await run(['nobody ALL=(root) ALL'], 'id', {}, 'wrong');
  const message = 'As root it did not run: sudo did not take the password.';
  expect({ fault, exit, asked }).toEqual({
    fault: { code: 'not_permitted', step: 'sudo', message },
    exit: null,
    asked: [question],
  });
});

atOnce('a password that is not given, a command that is not allowed, a terminal that is not there', async () => {
  const words = async (sudoers: string[], line: string) => (await run(sudoers, line)).fault?.message;
  const rule = 'A rule for just this command, to add by visudo on the host, not to run: nobody ALL=(root) NOPASSWD:';
  expect([
    await words(['nobody ALL=(root) ALL'], 'id'),
    await words(['nobody ALL=(root) NOPASSWD: /bin/ls'], 'id -u | cat'),
    await words(['nobody ALL=(root) NOPASSWD: ALL', 'Defaults:nobody requiretty'], 'id'),
  ]).toEqual([
    `As root it did not run: sudo wants a password, and none was given. ${rule} /usr/bin/id ""`,
    'As root it did not run: sudo wants a password, and none was given.',
    'As root it did not run: sudo wants a terminal there (requiretty), and Rackside gives it none. An administrator can add “Defaults:USER !requiretty” by visudo.',
  ]);
});

withSudo('a rule names no program that the user could write', async () => {
  const [programs, links] = [temporaryDirectory(), temporaryDirectory()];
  writeFileSync(join(programs, 'id'), '#!/bin/sh\nexec /usr/bin/id "$@"\n');
  symlinkSync('/opt/id', join(links, 'linked-id'));
  for (const path of [programs, join(programs, 'id'), links]) chmodSync(path, 0o755);
  const rule = async (first: string, line: string) =>
    (await run([], line, { first })).fault?.message.match(/not to run: (.*)$/)?.[1];
  const inPath = `export PATH=${programs}:$PATH`;
  const inSystem = `mount --bind ${programs} /usr/local/bin`;
  const linked = `mount --bind ${programs} /opt && mount --bind ${links} /usr/local/bin`;
  const rules = () =>
    Promise.all([
      rule(inPath, 'id -u'),
      rule(inSystem, 'id -u'),
      rule(inSystem, '/usr/local/bin/id -u'),
      rule(linked, 'linked-id -u'),
    ]);
  const allowed = (program: string) => `nobody ALL=(root) NOPASSWD: ${program} -u`;
  const local = allowed('/usr/local/bin/id');
  expect(await rules()).toEqual([allowed('/usr/bin/id'), local, local, allowed('/usr/local/bin/linked-id')]);
  // From here on their directory is the user's.
  chownSync(programs, 65534, 65534);
  expect(await rules()).toEqual([allowed('/usr/bin/id'), undefined, undefined, undefined]);
});

atOnce('a command that is not there is the command’s own failure', async () => {
  const result = await run(['nobody ALL=(root) NOPASSWD: ALL'], 'no-such-program');
  expect(result).toEqual({ ...ran, exit: 1, stdout: '', stderr: 'sudo: no-such-program: command not found\n' });
});

atOnce.each(ptys)('what runs as root ends too when it is cancelled; %s', async (pty) => {
  for (const [rule, given] of [
    ['nobody ALL=(root) NOPASSWD: ALL', null],
    ['nobody ALL=(root) ALL', labPassword],
  ] as const) {
    const seconds = uniqueSleep();
    const abort = new AbortController();
    const running = run([pty, rule], `sleep ${seconds}; :`, { signal: abort.signal }, given);
    // sudo, its sh and the sleep.
    await vi.waitFor(
      () => expect(processesWith(seconds).filter(({ line }) => /^sleep/.test(line))).not.toEqual([]),
      5000,
    );
    abort.abort();
    expect((await running).fault?.code).toBe('cancelled');
    await vi.waitFor(() => expect(processesWith(seconds)).toEqual([]), 6000);
  }
});
