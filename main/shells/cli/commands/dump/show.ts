import { FaultError } from '../../../../contract/faults.ts';
import { visibleJson, visibleLines } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { entryJson, entryLine } from './list.ts';
import { operandsOf, positionOf, withIndexed } from './with-dump.ts';

const windowBytes = 4 << 20;

/**
 * What one command printed: into a file or a pipe byte for byte, on a terminal with what could command it made
 * visible.
 */
export const show: Command = async (context) => {
  const { arguments: parsed, print, signal } = context;
  const [path, number] = operandsOf(parsed.operands, 'dump', 'entry');
  const position = positionOf(number);
  await withIndexed(context, path, async ({ client, id }) => {
    const page = await client['dumps.page']({ hostId: id, filter: {}, from: position, limit: 1 }, signal);
    const entry = page.entries[0];
    if (entry === undefined) {
      throw new FaultError('not_found', 'show', `There is no entry ${position}: the dump has ${page.total}.`);
    }
    if (parsed.json) print(`${visibleJson(entryJson(entry))}\n`);
    else if (parsed.dump.head) print(entryLine(entry));
    if (parsed.json || parsed.dump.head) return;
    const decoder = new TextDecoder();
    const end = entry.offset + entry.size;
    for (let offset = entry.offset; offset < end; offset += windowBytes) {
      const length = Math.min(windowBytes, end - offset);
      for await (const bytes of client['dumps.bytes']({ hostId: id, offset, length }, signal)) {
        print(process.stdout.isTTY ? visibleLines(decoder.decode(bytes, { stream: true })) : bytes);
      }
    }
  });
};
