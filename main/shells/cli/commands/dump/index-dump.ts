import { formatBytes, formatCount } from '../../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { openTelling, operandsOf } from './with-dump.ts';

/** Reads a dump through, whatever is kept of it, and says what is in it and what that cost. */
export const index: Command = async ({ arguments: { operands, json }, print, signal }) => {
  const [path] = operandsOf(operands, 'dump');
  const begun = performance.now();
  const before = process.cpuUsage();
  const dump = await openTelling(path, null, signal);
  try {
    await dump.indexed;
    const status = dump.status();
    const { user, system } = process.cpuUsage(before);
    const told = {
      entries: status.entries,
      samples: status.samples,
      parts: status.parts,
      torn: status.torn,
      lying: status.lying,
      suspect: status.suspect,
      skipped_bytes: status.skippedBytes,
      sizes_trusted: status.sizesTrusted,
      bytes: status.bytes,
      first: status.first === null ? null : new Date(status.first).toISOString(),
      last: status.last === null ? null : new Date(status.last).toISOString(),
      notes: status.notes,
      wall_ms: Math.round(performance.now() - begun),
      cpu_ms: Math.round((user + system) / 1000),
      rss_bytes: process.resourceUsage().maxRSS * 1024,
    };
    print(json ? `${visibleJson(told)}\n` : sentences(told));
  } finally {
    await dump.close();
  }
};

function sentences(
  told: Record<'entries' | 'samples' | 'parts' | 'torn' | 'lying' | 'suspect' | 'bytes' | 'wall_ms', number> & {
    first: string | null;
    last: string | null;
    notes: readonly string[];
  },
): string {
  const span = told.first === null ? '' : `\nfrom ${told.first} to ${told.last}`;
  const notes = told.notes.map((note) => `\n${visible(note)}`).join('');
  const { entries, samples, parts, bytes, wall_ms } = told;
  const where = parts > 1 ? ` and ${parts} parts` : '';
  return `${formatCount(entries)} entries, ${formatCount(samples)} samples in ${formatBytes(bytes)}${where}, read in ${wall_ms} ms${span}${notes}\n`;
}
