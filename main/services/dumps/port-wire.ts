import type { MessagePort, Worker } from 'node:worker_threads';
import { createWireEnd, type Wire } from '../../contract/rpc/wire.ts';

/** The wire between two threads. `close` tells the other side with a message of its own, so that it can end in order. */
export function portWire(port: MessagePort | Worker): Wire {
  const end = createWireEnd({
    send: (message) => port.postMessage(message),
    close: () => port.postMessage(null),
  });
  port.on('message', (message: string | Uint8Array | null) => {
    if (message === null) end.shut();
    else end.deliver(message);
  });
  port.on('exit', () => end.shut());
  port.on('close', () => end.shut());
  return end.wire;
}
