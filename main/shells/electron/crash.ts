import { app, type BrowserWindow, dialog, type RenderProcessGoneDetails } from 'electron';

const reasons: Partial<Record<RenderProcessGoneDetails['reason'], string>> = {
  oom: 'It ran out of memory.',
  'memory-eviction': 'The system took its memory.',
  killed: 'It was ended from outside.',
  'launch-failed': 'It could not be started.',
  'integrity-failure': 'A part of its program was not as it was installed: install Rackside again.',
};

/** When the page's process ends, the window would stay blank: the technician is told, and gets the page back. */
export function setupCrashNote(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason !== 'clean-exit') void offerReload(window, reasons[reason] ?? `It crashed (${reason}, ${exitCode}).`);
  });
}

async function offerReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The page of Rackside has ended unexpectedly.',
    detail: `${reason} Hosts are still watched and nothing that was kept is lost.`,
    buttons: ['Show it again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else app.quit();
}
