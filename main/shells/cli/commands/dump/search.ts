import type { SearchProgress } from '../../../../contract/dump-search.ts';
import { FaultError } from '../../../../contract/faults.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { InspectedDump } from '../../../../services/console.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { operandsOf, withDump } from './with-dump.ts';

const pageLength = 200;
const maxPattern = 1000;
/** Of the line around a match. */
const around = 200;

/** Where a text, or what an expression describes, stands in a dump; fails where nowhere. */
export const search: Command = async (context) => {
  const { arguments: parsed, print, signal, fail } = context;
  const { filter, regex, matchCase, count, limit } = parsed.dump;
  const [path, pattern] = operandsOf(parsed.operands, 'dump', 'text');
  if (pattern === '' || pattern.length > maxPattern) {
    throw new UsageError(`What is looked for has 1 to ${maxPattern} letters.`);
  }
  await withDump(context, path, async (dump) => {
    const narrowed = Object.keys(filter).length === 0 ? {} : { filter };
    const request = { hostId: dump.id, pattern, regex, matchCase, ...narrowed };
    let last: SearchProgress | null = null;
    for await (const progress of dump.client['dumps.search'](request, signal)) last = progress;
    if (last === null || !last.done) throw new FaultError('internal', 'search', 'The search told nothing.');
    const { hits, entries, searchId } = last;
    if (hits === 0) fail();
    if (count) {
      print(parsed.json ? `${visibleJson({ hits, entries })}\n` : `${hits} in ${entries} entries\n`);
    } else {
      await printHits(dump, searchId, limit ?? Number.POSITIVE_INFINITY, parsed.json, print, signal);
    }
  });
};

async function printHits(
  { client, id }: InspectedDump,
  searchId: string,
  most: number,
  json: boolean,
  print: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let told = 0;
  for (let from = 0; told < most; ) {
    const request = { hostId: id, filter: { searchId }, from, limit: pageLength };
    const { entries } = await client['dumps.page'](request, signal);
    if (entries.length === 0) return;
    from += entries.length;
    for (const { position, at, command } of entries) {
      const { hits } = await client['dumps.hits']({ hostId: id, searchId, position }, signal);
      for (const { offset, length } of hits.slice(0, most - told)) {
        const time = new Date(at).toISOString();
        const text = await lineAt({ client, id }, offset, length, signal);
        if (json) print(`${visibleJson({ position, at: time, command, offset, length, text })}\n`);
        else print(`${String(position).padStart(8)}  ${time}  ${visible(command, 60)}: ${visible(text, 2 * around)}\n`);
        told += 1;
      }
    }
  }
}

/** The line that a match stands in, as far as it is near. */
async function lineAt(
  { client, id }: Pick<InspectedDump, 'client' | 'id'>,
  offset: number,
  length: number,
  signal: AbortSignal,
): Promise<string> {
  const from = Math.max(0, offset - around);
  const window = { hostId: id, offset: from, length: offset - from + Math.min(length, around) + around };
  const parts: Uint8Array[] = [];
  for await (const bytes of client['dumps.bytes'](window, signal)) parts.push(bytes);
  const bytes = Buffer.concat(parts);
  const start = bytes.lastIndexOf(10, Math.max(0, offset - from - 1)) + 1;
  const end = bytes.indexOf(10, offset - from + Math.min(length, around));
  return bytes.subarray(Math.min(start, offset - from), end < 0 ? bytes.length : end).toString('utf8');
}
