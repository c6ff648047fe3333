import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Connection, SFTPWrapper } from 'ssh2';
import ssh2 from 'ssh2';
import { expect, test } from 'vitest';
import { faultOf, forThisTest, scriptedPrompts, sshTarget, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { makeKey } from '../../../e2e/lab/keys.ts';
import type { HostFiles } from '../../domain/collect/host-files.ts';
import { createSshConnect } from './connect.ts';
import { optionsIn, routeTo } from './lab-fixture.ts';

const endOfFile = 1;

interface Lies {
  readonly size: number;
  /** What is answered to a read; null: nothing at all. */
  read(offset: number, length: number): Buffer | null;
}

/** A host whose sftp says what the test wants. */
async function filesOf(lies: Lies, signal = new AbortController().signal): Promise<HostFiles> {
  const key = readFileSync(makeKey(temporaryDirectory(), 'host').file);
  const server = new ssh2.Server({ hostKeys: [key] }, (client: Connection) => {
    client.on('error', () => {});
    client.on('authentication', (context) => context.accept());
    client.on('session', (accept) => accept().on('sftp', (acceptSftp) => answer(acceptSftp(), lies)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const target = sshTarget({ port: (server.address() as AddressInfo).port });
  const never = new AbortController().signal;
  const transport = await createSshConnect(routeTo(target), optionsIn(temporaryDirectory()))(scriptedPrompts(), never);
  const stop = () => {
    transport.close();
    server.close();
  };
  await forThisTest(Promise.resolve({ stop }));
  return (await transport.files?.(signal)) as HostFiles;
}

function answer(sftp: SFTPWrapper, { size, read }: Lies): void {
  const attributes = { mode: 0o100644, uid: 0, gid: 0, size, atime: 0, mtime: 1 };
  sftp.on('error', () => {});
  sftp.on('OPEN', (id) => sftp.handle(id, Buffer.from('file')));
  sftp.on('FSTAT', (id) => sftp.attrs(id, attributes));
  sftp.on('CLOSE', (id) => sftp.status(id, 0));
  sftp.on('OPENDIR', (id) => sftp.handle(id, Buffer.from('folder')));
  let listed = 0;
  sftp.on('READDIR', (id) => {
    const name = (filename: string) => ({ filename, longname: filename, attrs: attributes });
    listed += 1;
    if (listed > 1) sftp.status(id, endOfFile);
    else sftp.name(id, [name('..'), name('../../etc/passwd'), name('good')]);
  });
  sftp.on('READ', (id, _handle, offset, length) => {
    const bytes = read(offset, length);
    if (bytes !== null) sftp.data(id, bytes);
  });
}

test('answers in small pieces become exact windows', async () => {
  const files = await filesOf({
    size: 5000,
    read: (offset, length) => Buffer.alloc(Math.min(length, 700), offset % 251),
  });
  const file = await files.open('a');
  const expected = Buffer.concat([0, 700, 1400].map((at) => Buffer.alloc(at === 1400 ? 100 : 700, at % 251)));
  expect(Buffer.from(await file.read(0, 1500)).equals(expected)).toBe(true);
});

test('more bytes than were asked for are none of the window', async () => {
  const files = await filesOf({ size: 5000, read: (_offset, length) => Buffer.alloc(length + 1) });
  const file = await files.open('a');
  expect((await file.read(0, 100)).length).toBe(100);
});

test('a size that cannot be is refused', async () => {
  const files = await filesOf({ size: 2 ** 60, read: () => null });
  expect(await faultOf(files.open('a'))).toMatchObject({
    code: 'bad_output',
    message: '127.0.0.1 tells no size and time of “a” that could be.',
  });
});

test('a read that is never answered ends with its signal', async () => {
  const abort = new AbortController();
  const asked = Promise.withResolvers<null>();
  const read = () => {
    asked.resolve(null);
    return null;
  };
  const file = await (await filesOf({ size: 5000, read }, abort.signal)).open('a');
  const reading = faultOf(file.read(0, 100));
  await asked.promise;
  abort.abort();
  expect(await reading).toEqual({ code: 'cancelled', step: 'sftp', message: 'Cancelled.' });
});

test('names that would lead elsewhere are left out of a list', async () => {
  const files = await filesOf({ size: 5, read: () => null });
  expect(await files.list('/', 10)).toEqual({
    entries: [{ name: 'good', type: 'file', size: 5, modifiedAt: 1000 }],
    more: false,
  });
});
