import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface TcpProxy {
  readonly port: number;
  /** Forwards nothing any more, and closes nothing: the link is half open. */
  stall(): void;
  /** Forwards again, with what came meanwhile. */
  resume(): void;
  /** Resets every connection. */
  cut(): void;
  /** Milliseconds by which each chunk is late, in each direction. */
  setLatency(ms: number): void;
  /** Bytes that pass in a second, in each direction of each connection. */
  setRate(bytesPerSecond: number): void;
  stop(): Promise<void>;
}

/** Stands between a console and a host, and spoils the line on demand. */
export async function startTcpProxy(
  target: { port: number; address?: string },
  latencyMs = 0,
  /** Where it listens; 0: anywhere. */
  port = 0,
): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let latency = latencyMs;
  let rate = Number.POSITIVE_INFINITY;
  let stalled = false;
  const server = createServer((near) => {
    const far = connect(target.port, target.address ?? '127.0.0.1');
    forward(near, far);
    forward(far, near);
  });

  function forward(from: Socket, to: Socket): void {
    sockets.add(from);
    from.setNoDelay(true);
    if (stalled) from.pause();
    let freeAt = 0;
    let last: Promise<unknown> = Promise.resolve();
    from.on('data', (chunk) => {
      const pass = () => {
        if (!to.destroyed && !to.write(chunk)) {
          from.pause();
          to.once('drain', () => stalled || from.resume());
        }
      };
      const now = performance.now();
      freeAt = Math.max(now, freeAt) + (1000 * chunk.length) / rate;
      // One after the other: timers of different lengths do not keep their order.
      const due = freeAt + latency;
      if (due > now) last = last.then(() => delay(Math.max(0, due - performance.now()))).then(pass);
      else pass();
    });
    from.on('end', () => void last.then(() => setTimeout(() => to.end(), latency)));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      if (from.errored) to.destroy();
    });
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    setLatency(ms) {
      latency = ms;
    },
    setRate(bytesPerSecond) {
      rate = bytesPerSecond;
    },
    async stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}
