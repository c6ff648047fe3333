import type { WebSocket } from 'ws';
import { createWireEnd, maxUnsentBytes, type Wire } from '../../contract/rpc/wire.ts';

/** A wire over a WebSocket of the `ws` package. Its longest message is set where the server is made. */
export function createWebSocketWire(socket: WebSocket): Wire {
  const end = createWireEnd({
    send: (message) => {
      socket.send(message);
      if (socket.bufferedAmount > maxUnsentBytes) {
        end.shut();
        socket.terminate();
      }
    },
    close: () => socket.close(),
  });
  socket.on('message', (data, isBinary) => {
    // `nodebuffer`, the default, hands over one Buffer per message.
    const message = data as Buffer;
    end.deliver(isBinary ? message : message.toString('utf8'));
  });
  socket.on('close', end.shut);
  socket.on('error', end.shut);
  return end.wire;
}
