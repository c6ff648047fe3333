import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
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

/** Takes a dump, which is a directory with two files, to this machine; `--resume` goes on with what is here. */
export const pullDump: Command = async ({ arguments: parsed, open, signal, print }) => {
  const [from, local, ...rest] = parsed.operands;
  if (from === undefined || rest.length > 0) throw new UsageError('dump pull takes HOST:PATH, and where it goes.');
  const { host, path } = parseSource(from);
  const to = await placeForDump(path, local ?? '.', parsed.resume);
  const client = await open();
  for await (const { host: reached, connection } of visit(
    client,
    await findHost(client, host, parsed.identityFiles),
    signal,
  )) {
    if (!isReached(connection)) continue;
    const files = await filesOf(client, reached.id, path);
    await mkdir(to, { recursive: true, mode: 0o700 });
    for (const { name, size } of files) {
      const target = join(to, name);
      if (parsed.resume && (await stat(target).catch(() => null))?.size === size) continue;
      const request = { hostId: reached.id, path: join(path, name), to: target, resume: parsed.resume };
      const last = await pullTelling(client, request, signal);
      if (last !== null && !parsed.json) print(sentences(target, last));
    }
    if (parsed.json) print(`${visibleJson({ to, files })}\n`);
    else print(`${visible(to)} is a dump: rackside dump list ${visible(to)}\n`);
    return;
  }
  throw new FaultError('disconnected', 'connect', 'The visit ended before the dump came.');
};

/** Into a folder under its own name; to go on, that folder itself may be named. */
export async function placeForDump(path: string, local: string, resume: boolean): Promise<string> {
  const names = resume ? logs.flatMap((name) => [name, `${name}.part`]) : [];
  const found = await Promise.allSettled(names.map((name) => stat(join(local, name))));
  const isBegun = found.some(({ status }) => status === 'fulfilled');
  return isBegun ? resolve(local) : placeFor(path.replace(/\/+$/, ''), local);
}

/** The logs that are there. Throws `bad_input` where there is none. */
async function filesOf(client: ConsoleClient, hostId: string, path: string): Promise<{ name: string; size: number }[]> {
  const files: { name: string; size: number }[] = [];
  for (const name of logs) {
    try {
      const { type, size } = await client['files.stat']({ hostId, path: join(path, name) });
      if (type === 'file') files.push({ name, size });
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.code !== 'not_found') throw error;
    }
  }
  if (files.length > 0) return files;
  throw new FaultError(
    'bad_input',
    'pull',
    `${path} is no dump there: neither a commands.log nor a samples.log is in it.`,
  );
}
