import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface RawHost {
  readonly port: number;
  /** How many connections are open now. */
  open(): number;
  stop(): Promise<void>;
}

/** Something that listens and is no ssh server: says these words, and then nothing, or hangs up. */
export async function startRawHost(says: string | null, options: { hangUp?: boolean } = {}): Promise<RawHost> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
    if (says !== null) socket.write(says);
    if (options.hangUp) socket.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    open: () => sockets.size,
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
