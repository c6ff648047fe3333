import type { Wire } from '../../main/contract/rpc/wire.ts';

/** What Electron's preload puts on the window. */
export interface Bridge {
  send(message: string | Uint8Array): void;
  /** The answer takes the listener away. */
  onMessage(listener: (message: string | Uint8Array) => void): () => void;
}

declare global {
  interface Window {
    readonly rackside?: Bridge;
  }
}

/** Electron's pipe lives as long as its window: it closes when we close it. */
export function bridgeWire(bridge: Bridge): Wire {
  const removers: (() => void)[] = [];
  const onClose: (() => void)[] = [];
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => {
      removers.push(bridge.onMessage(listener));
    },
    onClose: (listener) => {
      onClose.push(listener);
    },
    close: () => {
      for (const remove of removers.splice(0)) remove();
      for (const listener of onClose.splice(0)) listener();
    },
  };
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
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return openSocketWire(`${scheme}://${location.host}/wire`);
}
