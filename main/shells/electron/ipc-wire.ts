import { createWireEnd, type WireEnd } from '../../contract/rpc/wire.ts';

/** The one channel between the page and this process, in both directions; the preload names it too. */
export const channelName = 'rackside';

/** One side of a channel that clones what is sent: Electron's IPC, or a `MessagePort`. */
export interface Pipe {
  /** `null` says that this side has closed; a pipe itself never ends. */
  send(message: string | Uint8Array | null): void;
}

/** A wire over such a pipe, and where to put in what arrives on it. */
export interface IpcWire extends Pick<WireEnd, 'wire' | 'shut'> {
  receive(message: unknown): void;
}

export function createIpcWire(pipe: Pipe): IpcWire {
  const end = createWireEnd({ send: (message) => pipe.send(message), close: () => pipe.send(null) });
  return {
    wire: end.wire,
    shut: end.shut,
    receive: (message) => {
      if (typeof message === 'string' || message instanceof Uint8Array) end.deliver(message);
      else end.shut();
    },
  };
}
