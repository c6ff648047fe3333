import { mkdir, open, stat } from 'node:fs/promises';
import { join, posix, resolve } from 'node:path';
import type { ConsoleClient } from '../../../../contract/console.ts';
import { FaultError } from '../../../../contract/faults.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { findHost } from '../../find-host.ts';
import { isReached } from '../../reached.ts';
import { UsageError } from '../../usage.ts';
import { visit } from '../../visit.ts';
import { parseSource, placeFor, pullTelling, sentences } from '../pull.ts';

const logs = ['commands.log', 'samples.log'];
/** A log begins with the instant of its first entry, and one that is packed with its own checksums. */
const startBytes = 128;

interface FileOfDump {
  readonly path: string;
  readonly part: number;
  readonly name: string;
  readonly size: number;
}

/** Takes a dump with all its parts to this machine; `--resume` goes on with what is here. */
export const pullDump: Command = async ({ arguments: parsed, open: openConsole, signal, print }) => {
  const [from, local, ...rest] = parsed.operands;
  if (from === undefined || rest.length > 0) throw new UsageError('dump pull takes HOST:PATH, and where it goes.');
  const { host, path } = parseSource(from);
  const client = await openConsole();
  for await (const { host: reached, connection } of visit(
    client,
    await findHost(client, host, parsed.identityFiles),
    signal,
  )) {
    if (!isReached(connection)) continue;
    const hostId = reached.id;
    const { files } = await client['dumps.filesOnHost']({ hostId, path }, signal);
    const to = await placeForDump(posix.dirname(files[0]?.path ?? path), local ?? '.', parsed.resume);
    for (const file of files) {
      const directory = file.part === 1 ? to : `${to}-part-${file.part}`;
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const target = join(directory, file.name);
      if (parsed.resume && (await isHere(client, hostId, file, target))) continue;
      const request = { hostId, path: file.path, to: target, resume: parsed.resume };
      const last = await pullTelling(client, request, signal);
      if (last !== null && !parsed.json) print(sentences(target, last));
    }
    const first = files.some(({ part }) => part === 1) ? to : `${to}-part-${files[0]?.part}`;
    const told = files.map(({ name, part, size }) => ({ name, part, size }));
    if (parsed.json) print(`${visibleJson({ to: first, files: told })}\n`);
    else print(`${visible(first)} is a dump: rackside dump list ${visible(first)}\n`);
    return;
  }
  throw new FaultError('disconnected', 'connect', 'The visit ended before the dump came.');
};

/** Into a folder under its own name, that of its first part; to go on, that folder itself may be named. */
export async function placeForDump(path: string, local: string, resume: boolean): Promise<string> {
  const names = resume ? logs.flatMap((name) => [name, `${name}.part`]) : [];
  const found = await Promise.allSettled(names.map((name) => stat(join(local, name))));
  const isBegun = found.some(({ status }) => status === 'fulfilled');
  return isBegun ? resolve(local) : placeFor(path.replace(/\/+$/, '').replace(/-part-\d{1,6}$/, ''), local);
}

/** Whether a file came before; a rotation on the host may have given its name to another one since. */
async function isHere(client: ConsoleClient, hostId: string, file: FileOfDump, target: string): Promise<boolean> {
  const handle = await open(target).catch(() => null);
  if (handle === null) return false;
  try {
    if ((await handle.stat()).size !== file.size) return false;
    if (file.size === 0) return true;
    const length = Math.min(startBytes, file.size);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    const there: Uint8Array[] = [];
    const window = { hostId, path: file.path, offset: 0, length };
    for await (const chunk of client['files.read'](window)) there.push(chunk);
    return Buffer.concat(there).equals(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
