import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { startSshd } from '../../../e2e/lab/sshd.ts';
import { startTcpProxy } from '../../../e2e/lab/tcp-proxy.ts';
import type { PullProgress } from '../../contract/files.ts';
import type { HostFiles } from '../../domain/collect/host-files.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { createLocalConnect } from '../local/create-local-connect.ts';
import { createSshConnect } from '../ssh/connect.ts';
import { optionsIn, routeTo } from '../ssh/lab-fixture.ts';
import { commandFiles } from './command-files.ts';
import { openFiles } from './open-files.ts';
import { pullFile } from './pull-file.ts';

const never = new AbortController().signal;

async function connectTo(host: { port: number; identityFile?: string }): Promise<Transport> {
  const transport = await createSshConnect(routeTo(sshTarget(host)), optionsIn(temporaryDirectory()))(
    scriptedPrompts(),
    never,
  );
  await forThisTest(Promise.resolve({ stop: () => transport.close() }));
  return transport;
}

const overSsh = async (): Promise<Transport> => connectTo(await forThisTest(startSshd()));

interface Wanted {
  readonly path: string;
  readonly to: string;
  readonly resume?: boolean;
  readonly files?: HostFiles;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

async function pull(transport: Transport, wanted: Wanted): Promise<PullProgress> {
  const { path, to, resume = false, signal = never, files = await openFiles(transport, signal) } = wanted;
  let last: PullProgress | null = null;
  const onProgress = (progress: PullProgress) => {
    last = progress;
    wanted.onProgress?.(progress);
  };
  await pullFile({ files, transport, path, to, resume, signal, onProgress });
  return last as PullProgress | null as PullProgress;
}

/** Bytes that repeat nowhere near. */
function fileOf(size: number): { path: string; bytes: Buffer } {
  const path = join(temporaryDirectory(), "a file, 'quoted'");
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2654435761) >>> 0, at);
  writeFileSync(path, bytes);
  return { path, bytes };
}

const target = () => join(temporaryDirectory(), 'taken');
const sha256 = (path: string) => execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64);

const ways: readonly (readonly [string, () => Promise<[Transport, HostFiles]>])[] = [
  ['sftp', async () => withFiles(await overSsh())],
  [
    'commands',
    async () =>
      withFiles(await connectTo(await forThisTest(startSshd({ config: ['Subsystem sftp /no/such/program'] })))),
  ],
  ['this machine', async () => withFiles(await createLocalConnect()(scriptedPrompts(), never))],
];

async function withFiles(transport: Transport): Promise<[Transport, HostFiles]> {
  const files = await openFiles(transport, never);
  return [transport, files];
}

test.each(ways)('by %s: windows are exact, what is not there and what may not be read is told', async (by, open) => {
  const [, files] = await open();
  const { path, bytes } = fileOf(1_000_003);
  const file = await files.open(path);
  const windows = await Promise.all([file.read(0, 1), file.read(777_777, 100_000), file.read(1_000_000, 50)]);
  file.close();
  expect(windows.map((window) => Buffer.from(window))).toEqual([
    bytes.subarray(0, 1),
    bytes.subarray(777_777, 877_777),
    bytes.subarray(1_000_000),
  ]);
  const modifiedAt = Math.floor(statSync(path).mtimeMs / 1000) * 1000;
  expect([by, await files.stat(path), (await files.stat('/')).type, (await files.stat('/dev/null')).type]).toEqual([
    files.by,
    { type: 'file', size: 1_000_003, modifiedAt },
    'directory',
    'other',
  ]);
  expect(await faultOf(files.stat('/no/such file'))).toMatchObject({ code: 'not_found' });
});

test('names are listed up to a limit; a host without sftp says what it lacks', async () => {
  const directory = temporaryDirectory();
  for (const name of ['b\nc', 'a', '-d']) writeFileSync(join(directory, name), name);
  const names = async (files: HostFiles, limit: number) => {
    const { entries, more } = await files.list(directory, limit);
    return [entries.map(({ name, type, size }) => `${name} ${type} ${size}`), more];
  };
  const transport = await overSsh();
  const [sftp, local] = [
    await openFiles(transport, never),
    (await withFiles(await createLocalConnect()(scriptedPrompts(), never)))[1],
  ];
  expect([await names(sftp, 10), await names(sftp, 2)]).toEqual([
    [['-d file 2', 'a file 1', 'b\nc file 3'], false],
    [['-d file 2', 'a file 1'], true],
  ]);
  expect(await names(local, 2)).toEqual(await names(sftp, 2));
  const fault = await faultOf(commandFiles(transport, never).list(directory, 10));
  expect(fault.message).toMatch(/^This host has no sftp/);
});

test.each(ways)('by %s: a file comes whole, with its checksum, for its owner only', async (by, open) => {
  const [transport, files] = await open();
  const { path, bytes } = fileOf(3_000_001);
  const to = target();
  const done = { state: 'done', by, bytes: bytes.length, size: bytes.length, resumedFrom: 0, anew: null };
  expect(await pull(transport, { path, to, files })).toEqual({ ...done, sha256: sha256(path), checked: true });
  expect(readFileSync(to).equals(bytes)).toBe(true);
  expect([statSync(to).mode & 0o777, readdirSync(join(to, '..'))]).toEqual([0o600, ['taken']]);
  expect(await faultOf(pull(transport, { path, to, files }))).toMatchObject({ code: 'bad_input', step: 'pull' });
});

test('a link that is cut in the middle leaves a part, and a resume gives the same bytes', async () => {
  const host = await forThisTest(startSshd());
  const proxy = await forThisTest(startTcpProxy(host, 2));
  const { path, bytes } = fileOf(20_000_000);
  const to = target();
  const cut = (progress: PullProgress) => {
    if (progress.bytes > 5_000_000) proxy.cut();
  };
  const transport = await connectTo({ ...host, port: proxy.port });
  expect(await faultOf(pull(transport, { path, to, onProgress: cut }))).toMatchObject({ code: 'disconnected' });
  const had = statSync(`${to}.part`).size;
  const again = await pull(await connectTo(host), { path, to, resume: true });
  expect({ ...again, sha256: null }).toMatchObject({ state: 'done', resumedFrom: had, anew: null, checked: true });
  expect([had > 5_000_000, had < bytes.length, readFileSync(to).equals(bytes)]).toEqual([true, true, true]);
});

test('a source that changed is taken anew, and says so', async () => {
  const transport = await overSsh();
  const { path } = fileOf(4_000_000);
  const to = target();
  const abort = new AbortController();
  const stop = (progress: PullProgress) => progress.bytes > 1_000_000 && abort.abort();
  const fault = await faultOf(pull(transport, { path, to, signal: abort.signal, onProgress: stop }));
  expect(fault).toMatchObject({ code: 'cancelled' });
  appendFileSync(path, 'more');
  const { anew, resumedFrom, size } = await pull(transport, { path, to, resume: true });
  expect([anew, resumedFrom, size, sha256(to)]).toEqual([
    'The file on the host has changed, so it is taken anew.',
    0,
    4_000_004,
    sha256(path),
  ]);
});

test('a file that grows is taken as it was, and one that shrinks is told', async () => {
  const transport = await overSsh();
  const { path, bytes } = fileOf(2_000_000);
  const to = target();
  let grown = false;
  const grow = () => {
    if (!grown) appendFileSync(path, 'more');
    grown = true;
  };
  expect(await pull(transport, { path, to, onProgress: grow })).toMatchObject({ size: 2_000_000, checked: true });
  expect(readFileSync(to).equals(bytes)).toBe(true);
  const shrink = () => truncateSync(path, 1000);
  const fault = await faultOf(pull(transport, { path, to: target(), onProgress: shrink }));
  expect(fault).toMatchObject({ code: 'bad_output', message: expect.stringContaining('became shorter') });
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('100 MB, sparse, in bounded memory', async () => {
  const transport = await overSsh();
  const path = join(temporaryDirectory(), 'sparse');
  writeFileSync(path, '');
  truncateSync(path, 100_000_000);
  const to = target();
  let most = 0;
  let told = 0;
  const onProgress = () => {
    told += 1;
    if (told % 100 !== 0) return;
    collectGarbage();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  };
  expect(await pull(transport, { path, to, onProgress })).toMatchObject({ size: 100_000_000, checked: true });
  expect(most).toBeLessThan(60 << 20);
  expect(existsSync(`${to}.part`)).toBe(false);
});

test('what is no file is not taken, and a folder that is not there is told', async () => {
  const transport = await overSsh();
  const { path } = fileOf(10);
  expect([
    await faultOf(pull(transport, { path: '/', to: target() })),
    await faultOf(pull(transport, { path: '/no/such', to: target() })),
    await faultOf(pull(transport, { path, to: '/no/such/folder/file' })),
  ]).toMatchObject([{ code: 'bad_input' }, { code: 'not_found' }, { code: 'not_permitted', step: 'pull' }]);
});

test('by commands: an answer that is late ends its channel, and not the connection', async () => {
  const transport = await overSsh();
  const fault = await faultOf(commandFiles(transport, never, 1).stat('/'));
  expect(fault).toMatchObject({ code: 'timeout', step: 'files' });
  const { stdout } = await transport.run('echo here', { deadlineMs: 10_000, maxBytes: 100, signal: never });
  expect(Buffer.from(stdout).toString()).toBe('here\n');
  const { bytes, ahead } = commandFiles(transport, never).window;
  // Bytes a second that a link has to have, in windows that may take 20 s.
  expect((bytes * ahead) / 20).toBeLessThan(30_000);
});

test('a host that lies about a size, or hands over other bytes, is found out', async () => {
  const transport = await createLocalConnect()(scriptedPrompts(), never);
  const real = await openFiles(transport, never);
  const { path } = fileOf(300_000);
  const lying = (size: number, spoil: boolean): HostFiles => ({
    ...real,
    open: async (wanted) => {
      const file = await real.open(wanted);
      const read = async (offset: number, length: number) => {
        const bytes = await file.read(offset, length);
        if (spoil) bytes[0] = (bytes[0] ?? 0) ^ 1;
        return bytes;
      };
      return { ...file, stat: { ...file.stat, size }, read };
    },
  });
  expect([
    await faultOf(pull(transport, { path, to: target(), files: lying(2 ** 52, false) })),
    await faultOf(pull(transport, { path, to: target(), files: lying(300_000, true) })),
  ]).toMatchObject([{ code: 'bad_output' }, { code: 'checksum_mismatch' }]);
});
