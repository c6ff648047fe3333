import { createWireEnd, type Wire } from '../../main/contract/rpc/wire.ts';

/** What Electron's preload puts on the window: a pipe that never ends, on which `null` says that a side has closed. */
export interface Bridge {
  send(message: string | Uint8Array | null): void;
  /** The answer takes the listener away. */
  onMessage(listener: (message: string | Uint8Array | null) => void): () => void;
}

declare global {
  interface Window {
    readonly rackside?: Bridge;
  }
}

/** A wire over Electron's pipe. The first message after an end opens the next one, so closing must be said. */
export function bridgeWire(bridge: Bridge): Wire {
  const end = createWireEnd({
    send: (message) => bridge.send(message),
    close: () => {
      forget();
      bridge.send(null);
    },
  });
  const forget = bridge.onMessage((message) => {
    if (message === null) end.shut();
    else end.deliver(message);
  });
  return end.wire;
}

/** A wire over a WebSocket; rejects when the socket cannot be opened. */
export function openSocketWire(url: string): Promise<Wire> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const wire: Wire = {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message as string | Uint8Array<ArrayBuffer>);
    },
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) =>
        listener(typeof data === 'string' ? data : new Uint8Array(data)),
      ),
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(wire), { once: true });
    socket.addEventListener('close', () => reject(new Error('The socket could not be opened.')), { once: true });
  });
}

/** The one door to the console: the preload's pipe in Electron, else the socket of the page's own server. */
export function openWire(): Promise<Wire> {
  if (window.rackside !== undefined) return Promise.resolve(bridgeWire(window.rackside));
  const address = new URL('wire', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  return openSocketWire(address.href);
}
