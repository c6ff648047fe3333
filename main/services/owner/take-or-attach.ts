import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultError } from '../../contract/faults.ts';
import { createWireEnd, type Wire } from '../../contract/rpc/wire.ts';
import { addressFor } from './address.ts';
import { callOwner } from './guest.ts';
import { type Claim, isAlive, isFresh, readClaim, removeStale, staleMs } from './lock.ts';
import { type Owner, type Running, tryOwn } from './owner.ts';
import { makePrivateFolder } from './private-folder.ts';

export interface OwnerOptions {
  readonly dataFolder: string;
  /** Owner and guests must be of one version; another is refused with a sentence. */
  readonly version: string;
  /** Called when this process becomes the owner: at once, later, or never. */
  build(): Promise<Running>;
}

/** A way to the console of a data folder, whoever owns it. */
export interface Access {
  readonly role: 'owner' | 'guest';
  /** A new wire. It closes when the owner ends; the next one goes to whoever owns the folder then. */
  connect(): Wire;
  /** Gives it up. An owner stays until its last guest has gone, unless `now`. */
  close(options?: { now?: boolean }): Promise<void>;
}

interface Guest {
  readonly claim: Claim;
  /** Held open while this process lives: the owner counts it, and its end tells that the owner has gone. */
  readonly presence: Wire;
}

const retryMs = 50;

/**
 * Becomes the owner of the data folder, or attaches to the process that is. When that one ends, its guests do the
 * same again: one of them becomes the owner. Throws what `build` throws, and `busy` where another version owns it.
 */
export async function takeOrAttach(options: OwnerOptions): Promise<Access> {
  makePrivateFolder(options.dataFolder);
  /** Open wires of this process: they end with the access, or they would keep a guest counted as one. */
  const wires = new Set<Wire>();
  let closed = false;
  let current: Owner | Guest | null = null;
  let settling: Promise<void> = settle();

  async function settle(): Promise<void> {
    current = null;
    const found = await takeOrCall(options, () => closed);
    current = found;
    if (found === null) return;
    if ('presence' in found) found.presence.onClose(again);
    else found.onDeposed(again);
  }

  function again(): void {
    if (closed) return;
    settling = settle();
    settling.catch(() => {});
  }

  async function open(): Promise<Wire> {
    // A settled access may have failed meanwhile (a build that threw): asking again tries again.
    await settling.catch(() => {
      again();
      return settling;
    });
    if (current === null) throw new Error('closed');
    if (!('presence' in current)) return current.connect();
    const wire = await callOwner(current.claim, options.version);
    if (wire === null) throw new Error('The owner has gone.');
    return wire;
  }

  await settling;
  return {
    get role() {
      return current !== null && !('presence' in current) ? 'owner' : 'guest';
    },
    connect: () => {
      const wire = deferredWire(open);
      wires.add(wire);
      wire.onClose(() => wires.delete(wire));
      return wire;
    },
    close: async ({ now = false } = {}) => {
      closed = true;
      for (const wire of [...wires]) wire.close();
      await settling.catch(() => {});
      if (current === null) return;
      if ('presence' in current) current.presence.close();
      else await current.close(now);
    },
  };
}

async function takeOrCall(options: OwnerOptions, isClosed: () => boolean): Promise<Owner | Guest | null> {
  const { dataFolder, version, build } = options;
  const deadline = Date.now() + 2 * staleMs;
  while (!isClosed()) {
    const claim = readClaim(dataFolder);
    if (claim === null) {
      const owner = await tryOwn(dataFolder, version, build);
      if (owner !== null) return owner;
      continue;
    }
    const elsewhere = claim.machine !== hostname() && claim.machine !== '';
    const presence = elsewhere ? null : await callOwner(claim, version);
    if (presence !== null) return { claim, presence };
    if (isStale(dataFolder, claim, elsewhere)) {
      removeStale(dataFolder, claim);
      // Only what an owner would have listened at: a claim is a file, and a file can say anything.
      if (process.platform !== 'win32' && !elsewhere && claim.address === addressFor(dataFolder, claim.id)) {
        rmSync(claim.address, { force: true });
      }
    } else if (elsewhere || Date.now() > deadline) {
      throw new FaultError(
        'busy',
        'data folder',
        `${dataFolder} is in use by Rackside on ${claim.machine} (process ${claim.pid}), which does not answer here. Close that one, or name another --data-folder.`,
      );
    }
    // The other starter needs the time, and two of them should not move in step.
    await sleep(retryMs * (0.5 + Math.random()));
  }
  return null;
}

/** An owner of this machine that answers nobody is gone when its process is, or when it has not stirred for long. */
function isStale(folder: string, claim: Claim, elsewhere: boolean): boolean {
  if (!elsewhere && !isAlive(claim.pid)) return true;
  return !isFresh(folder);
}

/** A wire that can be used before it is open: what is sent waits. */
function deferredWire(open: () => Promise<Wire>): Wire {
  const waiting: (string | Uint8Array)[] = [];
  let target: Wire | null = null;
  let over = false;
  const end = createWireEnd({
    send: (message) => {
      if (target === null) waiting.push(message);
      else target.send(message);
    },
    close: () => {
      over = true;
      target?.close();
    },
  });
  open().then((wire) => {
    if (over) return wire.close();
    target = wire;
    wire.onMessage(end.deliver);
    wire.onClose(end.shut);
    for (const message of waiting.splice(0)) wire.send(message);
  }, end.shut);
  return end.wire;
}
