import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';

/** The channel's name is all that the page's side and the main process share here; a new call does not touch this. */
const channel = 'rackside';

contextBridge.exposeInMainWorld('rackside', {
  send: (message: string | Uint8Array | null): void => ipcRenderer.send(channel, message),
  /** `null` says that the other side has closed. The answer ends the listening. */
  onMessage: (listener: (message: string | Uint8Array | null) => void): (() => void) => {
    const hear = (_event: IpcRendererEvent, message: string | Uint8Array | null): void => listener(message);
    ipcRenderer.on(channel, hear);
    return () => ipcRenderer.off(channel, hear);
  },
});
