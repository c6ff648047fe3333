import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ConsoleClient } from '../../../contract/console.ts';
import { FaultError } from '../../../contract/faults.ts';
import type { PullProgress, PullRequest } from '../../../contract/files.ts';
import { formatBytes } from '../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../domain/present/words.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { bytesOfAll, tellProgress } from '../progress-line.ts';
import { isReached } from '../reached.ts';
import { UsageError } from '../usage.ts';
import { visit } from '../visit.ts';

/** Takes a file of a host to this machine; what has come before Ctrl+C or a fault can be gone on with. */
export const pull: Command = async ({ arguments: parsed, open, signal, print }) => {
  const [from, local, ...rest] = parsed.operands;
  if (from === undefined || rest.length > 0) throw new UsageError('pull takes HOST:PATH, and where it goes.');
  const { host, path } = parseSource(from);
  const to = await placeFor(path, local ?? '.');
  const client = await open();
  const wanted = await findHost(client, host, parsed.identityFiles);
  for await (const { host: reached, connection } of visit(client, wanted, signal)) {
    if (!isReached(connection)) continue;
    const request = { hostId: reached.id, path, to, resume: parsed.resume };
    const last = await pullTelling(client, request, signal);
    if (last !== null) print(parsed.json ? `${visibleJson({ to, ...last })}\n` : sentences(to, last));
    return;
  }
  throw new FaultError('disconnected', 'connect', 'The visit ended before the file came.');
};

/** `HOST:PATH`, where HOST may be `user@address:port` or `[::1]`; `~/` is where a path begins anyway. */
export function parseSource(text: string): { host: string; path: string } {
  const match = /^((?:[^@:/]+@)?(?:\[[^\]]+\]|[^:/[\]]+)(?::\d{1,5}(?=:))?):(.+)$/s.exec(text);
  if (match === null) throw new UsageError(`${text} is no HOST:PATH.`);
  const [, host = '', path = ''] = match;
  return { host, path: path.replace(/^~\//, '') };
}

/** Into a folder under its own name. */
export async function placeFor(path: string, local: string): Promise<string> {
  const isFolder = local.endsWith('/') || ((await stat(local).catch(() => null))?.isDirectory() ?? false);
  return resolve(isFolder ? join(local, basename(path)) : local);
}

/** Takes a file, and tells how far it is; answers the last that was told. */
export async function pullTelling(
  client: ConsoleClient,
  request: PullRequest,
  signal: AbortSignal,
): Promise<PullProgress | null> {
  let last: PullProgress | null = null;
  try {
    for await (const progress of client['files.pull'](request, signal)) {
      last = progress;
      const { state, bytes, size } = progress;
      tellProgress(state === 'checking' ? 'comparing checksums' : bytesOfAll(bytes, size));
    }
    return last;
  } finally {
    tellProgress(null);
  }
}

export function sentences(to: string, { size, resumedFrom, anew, sha256, checked }: PullProgress): string {
  const lines = [`${visible(to)}: ${formatBytes(size)}`];
  if (resumedFrom > 0) lines.push(`Went on at ${formatBytes(resumedFrom)}.`);
  if (anew !== null) lines.push(visible(anew));
  lines.push(checked ? `sha256 ${sha256}, as on the host` : `sha256 ${sha256}; the host could not say its own`);
  return `${lines.join('\n')}\n`;
}
