import { formatBytes, formatPercent } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';

/** How far something is, in a line of standard error that each call replaces; null: it is over. No terminal, no line. */
export function tellProgress(words: string | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(words === null ? '\r\x1b[K' : `\r\x1b[K${visible(words)}`);
}

export function bytesOfAll(bytes: number, all: number): string {
  const share = all === 0 ? '' : ` ${formatPercent((100 * bytes) / all)}`;
  return `${formatBytes(bytes)} of ${formatBytes(all)}${share}`;
}
