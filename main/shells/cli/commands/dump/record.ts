import { resolve } from 'node:path';
import type { ConsoleClient } from '../../../../contract/console.ts';
import { FaultError } from '../../../../contract/faults.ts';
import type { Recording } from '../../../../contract/recordings.ts';
import { formatBytes, formatCount, formatDuration } from '../../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import { onlyOperand } from '../../arguments.ts';
import type { Command } from '../../command.ts';
import { findHost } from '../../find-host.ts';
import { visit } from '../../visit.ts';

/**
 * Records a host for so many minutes, into a directory or a new one of Rackside's. Ctrl+C ends it early, and what was
 * recorded stays; where a running Rackside does the work, it goes on to the end even if this command is killed.
 */
export const record: Command = async ({ arguments: parsed, open, signal, print }) => {
  const name = onlyOperand(parsed.operands, 'host');
  const { minutes, directory } = parsed.recording;
  const client = await open();
  const wanted = await findHost(client, name, parsed.identityFiles);
  // What is recorded is closed before the host is left, so the signal ends the visit before it begins only.
  const leave = new AbortController();
  const give = () => leave.abort();
  signal.addEventListener('abort', give);
  for await (const { host, connection } of visit(client, wanted, leave.signal)) {
    if (connection.state !== 'live') continue;
    signal.removeEventListener('abort', give);
    const hostId = host.id;
    const place = directory === null ? {} : { directory: resolve(directory) };
    await client['dumps.record']({ hostId, minutes, by: 'command line', ...place });
    const ended = await follow(client, hostId, signal);
    print(parsed.json ? `${visibleJson(ended)}\n` : sentence(ended));
    if (ended.fault !== null) throw FaultError.of(ended.fault);
    return;
  }
  throw new FaultError('disconnected', 'connect', 'The visit ended before the host was live.');
};

/** The recording as it ended, by itself, by Ctrl+C or by a fault. */
async function follow(client: ConsoleClient, hostId: string, signal: AbortSignal): Promise<Recording> {
  let last: Recording | null = null;
  try {
    for await (const recording of client['dumps.recording']({ hostId }, signal)) {
      last = recording;
      tellProgress(recording);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    tellProgress(null);
  }
  if (last !== null && last.fault === null && !signal.aborted) return last;
  return await client['dumps.stop']({ hostId });
}

function tellProgress(recording: Recording | null): void {
  if (!process.stderr.isTTY) return;
  if (recording === null) return void process.stderr.write('\r\x1b[K');
  const { until, entries, bytes } = recording;
  const left = until === null ? '' : `, ${formatDuration(Math.max(0, until - Date.now()) / 1000)} left`;
  process.stderr.write(`\r\x1b[Krecording: ${formatCount(entries)} entries, ${formatBytes(bytes)}${left}`);
}

function sentence({ directory, dumps, entries, bytes }: Recording): string {
  const last = dumps === 1 ? '' : `, the last of ${dumps} dumps`;
  return `${visible(directory)}: ${formatCount(entries)} entries, ${formatBytes(bytes)}${last}\n`;
}
