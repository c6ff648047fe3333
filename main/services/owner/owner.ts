import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { type Wire, wirePair } from '../../contract/rpc/wire.ts';
import { addressFor } from './address.ts';
import { welcome } from './greeting.ts';
import { beat, type Claim, heartbeatMs, release, tryClaim } from './lock.ts';
import { createSocketWire } from './socket-wire.ts';

/** What an owner runs: it answers wires until it is closed. */
export interface Running {
  serve(wire: Wire): void;
  close(): Promise<void>;
}

export interface Owner {
  connect(): Wire;
  /** Ends once the last guest has gone, or at once. */
  close(now: boolean): Promise<void>;
  /** Called when the folder was taken over: this process was taken for dead, and has stopped writing. */
  onDeposed(listener: () => void): void;
}

/** Tries to own the folder; null when somebody else's claim stands. Listens before it claims: a claim always answers. */
export async function tryOwn(folder: string, version: string, build: () => Promise<Running>): Promise<Owner | null> {
  const id = randomBytes(16).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  const address = addressFor(folder, id);
  const claim: Claim = { id, pid: process.pid, machine: hostname(), version, address, secret };
  const running = Promise.withResolvers<Running>();
  running.promise.catch(() => {});
  const guests = new Set<Wire>();
  const own = new Set<Wire>();
  let onEmpty: (() => void) | null = null;

  const server = createServer(async (socket) => {
    const raw = createSocketWire(socket);
    guests.add(raw);
    raw.onClose(() => {
      guests.delete(raw);
      if (guests.size === 0) onEmpty?.();
    });
    const wire = await welcome(raw, claim);
    if (wire === null) return;
    await running.promise.then(
      ({ serve }) => serve(wire),
      () => wire.close(),
    );
  });
  await listen(server, address);
  if (!tryClaim(folder, claim)) {
    server.close();
    return null;
  }

  const deposed: (() => void)[] = [];
  const pulse = setInterval(() => {
    if (!isOurs()) void end().then(() => deposed.forEach((listener) => void listener()));
  }, heartbeatMs);

  /** A folder that cannot be read for a moment (full disk, network) is not one that was taken away. */
  function isOurs(): boolean {
    try {
      return beat(folder, claim);
    } catch {
      return true;
    }
  }

  let ended: Promise<void> | null = null;
  function end(): Promise<void> {
    ended ??= (async () => {
      for (const wire of [...own, ...guests]) wire.close();
      await running.promise.then(
        (built) => built.close(),
        () => {},
      );
      clearInterval(pulse);
      release(folder, claim);
      server.close();
      if (process.platform !== 'win32') rmSync(address, { force: true });
    })();
    return ended;
  }

  try {
    running.resolve(await build());
  } catch (error) {
    running.reject(error);
    await end();
    throw error;
  }
  const { serve } = await running.promise;

  return {
    connect: () => {
      const [near, far] = wirePair();
      own.add(near);
      near.onClose(() => own.delete(near));
      serve(far);
      return near;
    },
    close: async (now) => {
      for (const wire of [...own]) wire.close();
      while (!now && guests.size > 0 && ended === null) {
        await new Promise<void>((resolve) => {
          onEmpty = resolve;
        });
      }
      await end();
    },
    onDeposed: (listener) => deposed.push(listener),
  };
}

/** The socket is its user's only from the first moment on, whatever the folder allows. */
function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const before = process.platform === 'win32' ? null : process.umask(0o177);
    try {
      server.listen(address, () => {
        server.off('error', reject);
        server.on('error', () => {});
        if (process.platform !== 'win32') chmodSync(address, 0o600);
        resolve();
      });
    } finally {
      if (before !== null) process.umask(before);
    }
  });
}
