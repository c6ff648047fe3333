import type { CommandsLog } from './commands-log.ts';

/** What is damaged in a `commands.log`, in sentences; none for one in good order. */
export function damageNotes({ table, skippedBytes, trustedSizes }: CommandsLog): string[] {
  const [torn, lying, suspect] = (['torn', 'lying', 'suspect'] as const).map(table.countOf) as [number, number, number];
  const notes: string[] = [];
  if (!trustedSizes) {
    notes.push('The sizes in commands.log are wrong: entries are told by their headers only.');
  } else if (lying > 0) {
    notes.push(`${plural(lying, 'entry says', 'entries say')} a wrong size.`);
  }
  if (torn > 0) notes.push(`${plural(torn, 'entry is', 'entries are')} torn and not replayed.`);
  if (suspect > 0) {
    notes.push(`${plural(suspect, 'entry', 'entries')} may be a part of an output, and not replayed.`);
  }
  if (skippedBytes > 0) notes.push(`${plural(skippedBytes, 'byte belongs', 'bytes belong')} to no entry.`);
  return notes;
}

export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
