import { formatCount } from '../../../main/domain/present/units.ts';
import { api } from '../../api/rackside.ts';
import { toast, told } from '../toasts.ts';
import { type DumpSession, listFilter } from './dump-session.ts';
import { commandWriter, entryWriter, maxSavedRows, type TableFormat } from './export-table.ts';
import { saveBlob } from './save-blob.ts';

const mediaTypes: Readonly<Record<TableFormat, string>> = { csv: 'text/csv', json: 'application/json' };
const partRows = 1000;

/** Saves the table of entries as it is filtered, page by page. `onProgress` is told the share that is written, 0 to 1. */
export async function saveEntries(
  { hostId, store }: DumpSession,
  format: TableFormat,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<void> {
  const filter = listFilter(store.getState());
  const writer = entryWriter(format);
  const parts = [writer.begin()];
  let total = 1;
  let from = 0;
  while (from < Math.min(total, maxSavedRows)) {
    const page = await told('Save', api()['dumps.page']({ hostId, filter, from, limit: partRows }, signal));
    if (page === null || signal.aborted) return;
    total = page.total;
    if (page.entries.length === 0) break;
    parts.push(writer.part(page.entries));
    from += page.entries.length;
    onProgress(Math.min(1, from / Math.max(1, Math.min(total, maxSavedRows))));
  }
  parts.push(writer.end());
  saveBlob(new Blob(parts, { type: mediaTypes[format] }), `entries.${format}`);
  const rows = formatCount(from);
  toast(total > from ? `The first ${rows} of ${formatCount(total)} entries are saved.` : `${rows} entries are saved.`);
}

export function saveCommands({ store }: DumpSession, format: TableFormat): void {
  const { commands } = store.getState();
  if (commands === null) {
    toast('The commands are still being counted: save them when they are here.');
    return;
  }
  const writer = commandWriter(format);
  const text = writer.begin() + writer.part(commands) + writer.end();
  saveBlob(new Blob([text], { type: mediaTypes[format] }), `commands.${format}`);
  toast(`${formatCount(commands.length)} commands are saved.`);
}
