import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultOf, temporaryDirectory } from '../../../e2e/lab/connecting.ts';
import { makeKey, runTool } from '../../../e2e/lab/keys.ts';
import { settingsFixture } from '../../domain/ssh/settings-fixture.ts';
import { keysBeyondSsh2 } from './beyond-keys.ts';
import { readKeyFiles } from './key-file.ts';
import { readRegularFile } from './read-regular-file.ts';
import { revokedLine } from './revoked-host-keys.ts';
import { rewriteFile } from './rewrite-file.ts';

function pipeIn(directory: string): string {
  const pipe = join(directory, 'pipe');
  runTool('mkfifo', [pipe]);
  return pipe;
}

test('a file up to its limit, and nothing that is no file', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'file');
  writeFileSync(file, 'x'.repeat(2048));
  expect(`${await readRegularFile(file, 2048)}`).toBe('x'.repeat(2048));
  await expect(readRegularFile(file, 1024)).rejects.toThrow('is larger than 1 KiB');
  await expect(readRegularFile('/dev/zero', 1024)).rejects.toThrow('is not a file, but a pipe or a device');
  await expect(readRegularFile(join(directory, 'none'), 1024)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('keys that are a pipe, a device, a directory or far too long are told, and the next one is read', async () => {
  const directory = temporaryDirectory();
  const pipe = pipeIn(directory);
  const folder = join(directory, 'folder');
  mkdirSync(folder);
  const long = join(directory, 'long');
  writeFileSync(long, 'x'.repeat(100_000));
  const { file } = makeKey(directory, 'id');
  // More of them than there are threads for files.
  const pipes = Array<string>(8).fill(pipe);
  const { files, problems } = await readKeyFiles([...pipes, '/dev/zero', folder, long, file], true);
  expect([files.map(({ path }) => path), problems]).toEqual([
    [file],
    [
      ...pipes.map((path) => `${path} is not a file, but a pipe or a device`),
      '/dev/zero is not a file, but a pipe or a device',
      `${folder} is a directory`,
      `${long} is larger than 64 KiB`,
    ],
  ]);
  expect(await keysBeyondSsh2(settingsFixture({ identityFiles: [pipe, '/dev/zero'] }), 1000)).toBe(null);
});

test('revoked keys in a pipe refuse all; known hosts in one are not rewritten', async () => {
  const pipe = pipeIn(temporaryDirectory());
  expect(await faultOf(revokedLine(pipe, { keyType: 'ssh-ed25519', key: 'AAAA' }))).toEqual({
    code: 'not_permitted',
    step: 'host key',
    message: `The configuration names ${pipe} as RevokedHostKeys, and it cannot be read (is not a file, but a pipe or a device): no key is trusted without it.`,
  });
  expect(() => rewriteFile(pipe, () => 'x')).toThrow(/is not a file/);
});
