import type { Entry } from '../../../../contract/dump-entries.ts';
import { exitWords } from '../../../../domain/present/entry-words.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { operandsOf, withIndexed } from './with-dump.ts';

const pageLength = 1000;

/** The entries that pass the filter, one a line. */
export const list: Command = async (context) => {
  const { arguments: parsed, print, signal } = context;
  const { filter, limit } = parsed.dump;
  const [path] = operandsOf(parsed.operands, 'dump');
  await withIndexed(context, path, async ({ client, id }) => {
    const most = limit ?? Number.POSITIVE_INFINITY;
    for (let from = 0; from < most; ) {
      const length = Math.min(pageLength, most - from);
      const { entries } = await client['dumps.page']({ hostId: id, filter, from, limit: length }, signal);
      if (entries.length === 0) return;
      print(entries.map((entry) => (parsed.json ? `${visibleJson(entryJson(entry))}\n` : entryLine(entry))).join(''));
      from += entries.length;
    }
  });
};

/** As scripts read it. */
export function entryJson({ at, commandId, durationMs, timedOut, ...entry }: Entry) {
  return {
    ...entry,
    at: new Date(at).toISOString(),
    command_id: commandId,
    duration_ms: durationMs,
    timed_out: timedOut,
  };
}

/** `12  2026-04-22T20:13:19.123Z  exit 0     12 ms     345 B  zpool list` */
export function entryLine(entry: Entry): string {
  const flags = [...(entry.state === 'sound' ? [] : [entry.state]), ...(entry.truncated ? ['truncated'] : [])];
  const marks = flags.length === 0 ? '' : `  [${flags.join(', ')}]`;
  const columns = [
    String(entry.position).padStart(8),
    new Date(entry.at).toISOString(),
    exitWords(entry).padEnd(9),
    `${entry.durationMs} ms`.padStart(9),
    `${entry.size} B`.padStart(11),
  ];
  return `${columns.join('  ')}  ${visible(entry.command, 300)}${marks}\n`;
}
