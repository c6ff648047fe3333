import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Wire } from '../../contract/rpc/wire.ts';
import { readClaim } from './lock.ts';
import { type Access, takeOrAttach } from './take-or-attach.ts';

let folder: string;
const accesses: Access[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-owner-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const access of accesses.splice(0).reverse()) await access.close({ now: true });
  rmSync(folder, { recursive: true, force: true });
});

/** A console that answers every message with its own name. */
function build(name: string, closed = vi.fn()) {
  return async () => ({
    serve: (wire: Wire) => wire.onMessage((message) => wire.send(`${name}: ${message}`)),
    close: async () => closed(),
  });
}

async function start(name: string, options: { version?: string; dataFolder?: string; closed?: () => void } = {}) {
  const { version = '1.0.0', dataFolder = folder } = options;
  const access = await takeOrAttach({ dataFolder, version, build: build(name, vi.fn(options.closed)) });
  accesses.push(access);
  return access;
}

function ask(access: Access, text: string): Promise<string | Uint8Array> {
  const wire = access.connect();
  return new Promise((resolve, reject) => {
    wire.onMessage((message) => {
      resolve(message);
      wire.close();
    });
    wire.onClose(() => reject(new Error('closed')));
    wire.send(text);
  });
}

/** The same in a process of its own; it says which role it got, then what it was answered. */
function startProcess(name: string): { child: ChildProcess; said(line: RegExp): Promise<string> } {
  const source = `
    import { takeOrAttach } from ${JSON.stringify(new URL('./take-or-attach.ts', import.meta.url).href)};
    const access = await takeOrAttach({ dataFolder: ${JSON.stringify(folder)}, version: '1.0.0', build: async () => {
      console.log('built');
      return { serve: (wire) => wire.onMessage((m) => wire.send('${name}: ' + m)), close: async () => {} };
    } });
    console.log('role ' + access.role);
    process.on('SIGTERM', () => access.close().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
  `;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', source],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const said = (line: RegExp) =>
    vi.waitUntil(() => line.exec(text)?.[0], { timeout: 10_000, interval: 10 }) as Promise<string>;
  return { child, said };
}

test('the first owns, the second attaches, both reach the same console', async () => {
  const first = await start('first');
  const second = await start('second');
  expect([first.role, second.role]).toEqual(['owner', 'guest']);
  expect(await Promise.all([ask(first, 'a'), ask(second, 'b')])).toEqual(['first: a', 'first: b']);
});

test.skipIf(process.platform === 'win32')(
  'folder, lock and socket are their user’s only (Windows has no modes)',
  async () => {
    const dataFolder = join(folder, 'new');
    await start('first', { dataFolder });
    const modes = ['.', ...readdirSync(dataFolder)].map((name) => statSync(join(dataFolder, name)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  },
);

test('the owner stays until its last guest has gone, and leaves nothing', async () => {
  const closed = vi.fn();
  const owner = await start('owner', { closed });
  const guest = await start('guest');
  const ending = owner.close();
  expect(await ask(guest, 'still there?')).toBe('owner: still there?');
  expect(closed).not.toHaveBeenCalled();
  await guest.close();
  await ending;
  expect([closed.mock.calls.length, readdirSync(folder)]).toEqual([1, []]);
});

test('a guest takes over when its owner ends, and its next wire is answered by itself', async () => {
  const owner = await start('owner');
  const guest = await start('guest');
  const wire = guest.connect();
  const closed = new Promise<void>((resolve) => wire.onClose(resolve));
  expect(await ask(guest, '1')).toBe('owner: 1');
  await owner.close({ now: true });
  await closed;
  await vi.waitUntil(() => guest.role === 'owner');
  expect(await ask(guest, '2')).toBe('guest: 2');
});

test('another version is told so in a sentence', async () => {
  await start('owner');
  await expect(start('guest', { version: '2.0.0' })).rejects.toMatchObject({
    fault: { code: 'busy', step: 'attach', message: expect.stringMatching(/Rackside 1\.0\.0 .* this is 2\.0\.0/) },
  });
});

test('a claim whose process is gone, or that is not readable, is taken over', async () => {
  const claim = { id: 'x', pid: 2 ** 22 + 1, machine: hostname(), version: '1', address: join(folder, 'gone.sock') };
  writeFileSync(join(folder, 'owner.lock'), JSON.stringify({ ...claim, secret: 's' }));
  const first = await start('first');
  expect(first.role).toBe('owner');
  await first.close();
  writeFileSync(join(folder, 'owner.lock'), '{"half');
  expect((await start('second')).role).toBe('owner');
});

test('a forged claim makes nobody delete what it names', async () => {
  const precious = join(folder, 'precious.sock');
  writeFileSync(precious, 'x');
  const claim = { id: 'x', pid: 2 ** 22 + 1, machine: hostname(), version: '1', address: precious, secret: 's' };
  writeFileSync(join(folder, 'owner.lock'), JSON.stringify(claim));
  expect((await start('first')).role).toBe('owner');
  expect(existsSync(precious)).toBe(true);
});

test('a data folder that others may write to is not used', async () => {
  chmodSync(folder, 0o777);
  await expect(start('first')).rejects.toMatchObject({
    fault: { code: 'not_permitted', message: expect.stringContaining('can be written to by other users') },
  });
  const linked = `${folder}-link`;
  chmodSync(folder, 0o700);
  symlinkSync(folder, linked);
  onTestFinished(() => rmSync(linked));
  expect((await start('first', { dataFolder: linked })).role).toBe('owner');
});

test('a claim of a living process that does not answer stands until its heartbeat is old', async () => {
  const lock = join(folder, 'owner.lock');
  const claim = { id: 'x', pid: process.pid, machine: hostname(), version: '1', address: join(folder, 'no.sock') };
  writeFileSync(lock, JSON.stringify({ ...claim, secret: 's' }));
  const starting = start('second');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readClaim(folder)?.id).toBe('x');
  utimesSync(lock, new Date(0), new Date(0));
  expect((await starting).role).toBe('owner');
});

test('a fresh claim of another machine is refused, naming it', async () => {
  const claim = { id: 'x', pid: 1, machine: 'elsewhere', version: '1', address: '/no', secret: 's' };
  writeFileSync(join(folder, 'owner.lock'), JSON.stringify(claim));
  await expect(start('here')).rejects.toMatchObject({
    fault: { code: 'busy', message: expect.stringContaining('elsewhere') },
  });
});

test('a build that fails is thrown, and leaves the folder free', async () => {
  const failing = takeOrAttach({
    dataFolder: folder,
    version: '1.0.0',
    build: () => Promise.reject(new Error('no disk')),
  });
  await expect(failing).rejects.toThrow('no disk');
  expect(readdirSync(folder)).toEqual([]);
});

test('a path too long for a socket is served from a short one', async () => {
  const dataFolder = join(folder, 'long'.repeat(30));
  mkdirSync(dataFolder);
  const first = await start('first', { dataFolder });
  const second = await start('second', { dataFolder });
  expect([await ask(second, 'x'), Buffer.byteLength(readClaim(dataFolder)?.address ?? '') <= 103]).toEqual([
    'first: x',
    true,
  ]);
  expect(first.role).toBe('owner');
});

test('of several processes that start at once over a dead claim, exactly one owns; killed, another takes over', async () => {
  writeFileSync(join(folder, 'owner.lock'), '{"torn');
  const started = [0, 1, 2, 3].map((index) => startProcess(`p${index}`));
  const roles = await Promise.all(started.map(({ said }) => said(/role \w+/)));
  expect(roles.toSorted()).toEqual(['role guest', 'role guest', 'role guest', 'role owner']);
  const rest = started.filter((_, index) => roles[index] === 'role guest');
  started[roles.indexOf('role owner')]?.child.kill('SIGKILL');
  await Promise.any(rest.map(({ said }) => said(/built/)));
  const late = await start('late');
  expect([late.role, await ask(late, 'x')]).toEqual(['guest', expect.stringMatching(/^p\d: x$/)]);
});
