import type { Socket } from 'node:net';
import { createWireEnd, maxMessageBytes, maxUnsentBytes, type Wire } from '../../contract/rpc/wire.ts';

/** Before each message: its length as four bytes, big end first, and one byte that says text (0) or binary (1). */
const headerBytes = 5;

/** How long a closing socket may take to hand over what was sent before it is cut. */
const lingerMs = 2000;

/** A wire over a stream socket. A message that is too long or of an unknown kind closes it. */
export function createSocketWire(socket: Socket): Wire {
  const end = createWireEnd({
    send: (message) => {
      const payload = Buffer.from(message as string);
      const header = Buffer.alloc(headerBytes);
      header.writeUInt32BE(payload.length);
      header[4] = typeof message === 'string' ? 0 : 1;
      socket.cork();
      socket.write(header);
      socket.write(payload);
      socket.uncork();
      if (payload.length > maxMessageBytes || socket.writableLength > maxUnsentBytes) {
        end.shut();
        socket.destroy();
      }
    },
    close: () => {
      socket.end();
      const cut = setTimeout(() => socket.destroy(), lingerMs);
      cut.unref();
      socket.once('close', () => clearTimeout(cut));
    },
  });
  const take = createReader(end.deliver, () => socket.destroy());
  socket.on('data', take);
  socket.on('end', end.shut);
  socket.on('close', end.shut);
  socket.on('error', end.shut);
  return end.wire;
}

/** Cuts a stream of bytes into messages. `broken` is called, and nothing more delivered, when it cannot be cut. */
function createReader(deliver: (message: string | Uint8Array) => void, broken: () => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = headerBytes;
  let stopped = false;

  return (chunk) => {
    if (stopped) return;
    chunks.push(chunk);
    held += chunk.length;
    if (held < needed) return;
    let rest = Buffer.concat(chunks, held);
    for (;;) {
      needed = headerBytes;
      if (rest.length < needed) break;
      const length = rest.readUInt32BE();
      const kind = rest[4];
      if (length > maxMessageBytes || (kind !== 0 && kind !== 1)) {
        stopped = true;
        chunks = [];
        return broken();
      }
      needed = headerBytes + length;
      if (rest.length < needed) break;
      const payload = rest.subarray(headerBytes, needed);
      rest = rest.subarray(needed);
      deliver(kind === 0 ? payload.toString('utf8') : payload);
    }
    chunks = rest.length === 0 ? [] : [rest];
    held = rest.length;
  };
}
