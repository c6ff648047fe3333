import { basename } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import { consoleContract } from '../../contract/console.ts';
import { toFault } from '../../contract/faults.ts';
import { createClient } from '../../contract/rpc/client.ts';
import type { Wire } from '../../contract/rpc/wire.ts';
import { visible } from '../../domain/present/words.ts';
import { loadPage } from './window.ts';

/** Opens a dump as a host and shows it in the window, or says there why it cannot be opened. */
export async function showDump(window: BrowserWindow, connect: () => Wire, path: string): Promise<void> {
  const wire = connect();
  try {
    const { id } = await createClient(consoleContract, wire)['dumps.open']({ path });
    if (!window.isDestroyed()) await loadPage(window, `/host/${id}`);
  } catch (error) {
    if (window.isDestroyed()) return;
    await dialog.showMessageBox(window, {
      type: 'warning',
      message: `${visible(basename(path), 80)} is not opened.`,
      detail: visible(toFault(error, 'open dump').message, 400),
    });
  } finally {
    wire.close();
  }
}
