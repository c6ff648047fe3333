import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startMortal, stopProcess } from '../lab/stopping.ts';

/** What `npm start` runs where there is no Electron, as the other users of this machine and a second console see it. */
interface Started {
  readonly process: ChildProcess;
  /** What the browser was told to open, a file that leads to the URL; and the server's process, which it names. */
  readonly file: string;
  readonly pid: number;
  readonly url: URL;
}

interface Entered extends Started {
  readonly cookie: string;
  /** The path below which the cookie is good. */
  readonly base: string;
}

const root = join(import.meta.dirname, '..', '..');
/** Says what it is to open, and is seen in the process list until that is gone. */
const browser = `#!/bin/sh
printf %s "$1" >"$0.new" && mv "$0.new" "$0.opened"
while [ -e "$1" ]; do sleep 0.1; done
`;

describe.runIf(process.platform === 'linux')('the web shell on a machine of many', () => {
  let folder: string;
  let first: Entered;
  let second: Entered;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rackside-start-'));
    // One after the other: each may find that something has to be built.
    first = await enter(await start('first'));
    second = await enter(await start('second'));
  });
  afterAll(async () => {
    await Promise.all(started.map(stopProcess));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(name: string, isRead = true): Promise<Started> {
    const [home, programs] = [join(folder, name), join(folder, name, 'bin')];
    mkdirSync(programs, { recursive: true });
    const opener = join(programs, 'xdg-open');
    await writeFile(opener, browser, { mode: 0o755 });
    const shell = startMortal(
      process.execPath,
      [join(root, 'scripts', 'pinned.mjs'), 'scripts/start.ts', '--data-folder', join(home, 'data')],
      {
        env: {
          ...process.env,
          HOME: home,
          PATH: `${programs}:${process.env.PATH}`,
          DISPLAY: ':0',
          RACKSIDE_SHELL: 'web',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    started.push(shell);
    if (isRead) shell.stdout?.resume();
    else shell.stdout?.destroy();
    await vi.waitUntil(() => existsSync(`${opener}.opened`), { timeout: 30_000, interval: 20 });
    const file = readFileSync(`${opener}.opened`, 'utf8');
    const [, url = ''] = /url=(http:[^"]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
    return { process: shell, file, pid: Number(/open-(\d+)\.html$/.exec(file)?.[1]), url: new URL(url) };
  }

  test('the file that leads to the URL, and its folder, are their user’s only', () => {
    expect([first.file, dirname(first.file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
  });

  test('no command line and no environment of any process shows the way in', () => {
    const secrets = [first, second].flatMap(({ url, base, cookie }) => [
      url.searchParams.get('token') ?? '',
      base.slice(1, -1),
      cookie.split('=')[1] ?? '',
    ]);
    expect(secrets.map((secret) => secret.length)).toEqual([43, 32, 43, 43, 32, 43]);
    expect(secrets.flatMap(placesThatShow)).toEqual([]);
    // The same look finds what is there to be seen.
    expect(new Set(placesThatShow(first.file))).toEqual(new Set(['cmdline']));
    expect(placesThatShow(`HOME=${dirname(dirname(first.file))}`)).toContain('environ');
  });

  test('it listens on 127.0.0.1, and nowhere else', () => {
    const port = Number(first.url.port).toString(16).toUpperCase().padStart(4, '0');
    expect(listening(first.pid)).toEqual([`0100007F:${port}`]);
  });

  test('of two at once each lets in who has its own cookie', async () => {
    const shown = [first.cookie, second.cookie, `${first.cookie}; ${second.cookie}`];
    const answers = await Promise.all(
      shown.map((cookie) => Promise.all([first, second].map((shell) => visit(shell, cookie)))),
    );
    const [inside, outside] = [
      { page: 200, socket: 101 },
      { page: 401, socket: 403 },
    ];
    expect(answers).toEqual([
      [inside, outside],
      [outside, inside],
      [inside, inside],
    ]);
  });

  test('it serves on when nobody reads what it prints any more, and takes that file along at its end', async () => {
    const shell = await start('unread', false);
    expect((await fetch(shell.url)).status).toBe(200);
    shell.process.kill('SIGTERM');
    expect([await once(shell.process, 'exit'), existsSync(shell.file)]).toEqual([[0, null], false]);
  });
});

async function enter(shell: Started): Promise<Entered> {
  const [line = ''] = (await fetch(shell.url)).headers.getSetCookie();
  const [, cookie = '', base = ''] = /^([^;]+); Path=([^;]+);/.exec(line) ?? [];
  return { ...shell, cookie, base };
}

async function visit({ url, base }: Entered, cookie: string): Promise<{ page: number; socket: number | undefined }> {
  const page = (await fetch(new URL(base, url), { headers: { cookie } })).status;
  const upgrade = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
  };
  const socket = await new Promise<number | undefined>((resolve, reject) => {
    request(new URL(`${base}wire`, url), { headers: { ...upgrade, Origin: url.origin, Cookie: cookie } })
      .on('upgrade', (response, opened) => {
        opened.destroy();
        resolve(response.statusCode);
      })
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
  return { page, socket };
}

/** Where in /proc it can be read, by process and file of it. */
function placesThatShow(text: string): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => ['cmdline', 'environ'].filter((name) => readOr(`/proc/${pid}/${name}`).includes(text)));
}

/** Local addresses and ports of the sockets on which a process listens, as the kernel writes them. */
function listening(pid: number): string[] {
  const descriptors = `/proc/${pid}/fd`;
  const own = new Set(readdirSync(descriptors).map((name) => linkOr(join(descriptors, name))));
  const rows = ['tcp', 'tcp6'].flatMap((name) => readOr(`/proc/net/${name}`).split('\n').slice(1));
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && own.has(`socket:[${inode}]`))
    .map(([, address = '']) => address);
}

/** Empty where it is not ours to read, or gone. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
