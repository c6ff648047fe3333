import { resolve } from 'node:path';
import type { RedactionPreview, SliceProgress } from '../../../../contract/dump-sharing.ts';
import { formatBytes, formatCount, formatPercent } from '../../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { operandsOf, withIndexed } from './with-dump.ts';

/** Writes the entries that pass the filter, and the samples of their time, as a dump; or says what would be replaced. */
export const slice: Command = async (context) => {
  const { arguments: parsed, print, signal, fail } = context;
  const { filter, redaction, preview } = parsed.dump;
  const [path] = operandsOf(parsed.operands, 'dump');
  if (preview === (parsed.dump.to !== null)) throw new UsageError('slice takes --to OUT, or --preview.');
  await withIndexed(context, path, async ({ client, id }) => {
    if (preview) {
      const found = await client['dumps.redaction']({ hostId: id, filter, redaction }, signal);
      print(parsed.json ? `${visibleJson(found)}\n` : previewText(found));
      return;
    }
    const to = resolve(parsed.dump.to as string);
    let last: SliceProgress | null = null;
    try {
      for await (const progress of client['dumps.slice']({ hostId: id, filter, redaction, to }, signal)) {
        last = progress;
        tellProgress(progress);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      tellProgress(null);
    }
    if (last?.done === true) return print(parsed.json ? `${visibleJson(last)}\n` : sliceText(last, redaction.redact));
    process.stderr.write('Given up: nothing is left of the slice.\n');
    fail();
  });
};

function tellProgress(progress: SliceProgress | null): void {
  if (!process.stderr.isTTY) return;
  if (progress === null) return void process.stderr.write('\r\x1b[K');
  const { bytes, doneBytes } = progress;
  process.stderr.write(`\r\x1b[K${formatPercent(bytes === 0 ? 0 : (100 * doneBytes) / bytes)}`);
}

function sliceText({ to, entries, samples, replaced }: SliceProgress, isRedacted: boolean): string {
  const kinds = Object.entries(replaced).map(([type, count]) => `${formatCount(count)} ${type}`);
  const hidden = isRedacted
    ? `Replaced: ${kinds.length === 0 ? 'nothing' : kinds.join(', ')}.\n`
    : 'Nothing is redacted.\n';
  return `${visible(to)}: ${formatCount(entries)} entries, ${formatCount(samples)} samples\n${hidden}`;
}

/** What would be replaced, one a line: what it is, how often, and by what, such as it might be. */
function previewText({ found, readBytes, bytes }: RedactionPreview): string {
  const lines = found.map(({ type, count, original, pseudonym }) =>
    [type.padEnd(8), String(count).padStart(7), `${visible(original, 200)} → ${visible(pseudonym, 200)}`].join('  '),
  );
  if (readBytes < bytes) lines.push(`Looked at the first ${formatBytes(readBytes)} of ${formatBytes(bytes)}.`);
  return `${lines.join('\n')}\n`;
}
