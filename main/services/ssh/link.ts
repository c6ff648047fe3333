import type { Socket } from 'node:net';
import type { Client, ClientChannel } from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import type { SshTarget } from '../../contract/hosts.ts';
import { type Wait, within } from './deadline.ts';
import { hostWords } from './host-words.ts';

/** An authenticated connection: opens channels, and dies as a whole. */
export interface Link {
  readonly target: SshTarget;
  /** A channel whose login shell was told to become `sh`. Every login shell knows these two words alike. */
  openShell(wait: Wait): Promise<ClientChannel>;
  /** As `within`, but a deadline that passes takes the connection with it. */
  within<T>(work: Promise<T>, wait: Wait): Promise<T>;
  isClosed(): boolean;
  onClose(listener: () => void): void;
  /** Says goodbye, and does not wait for an answer for long. */
  close(): void;
}

const farewellMs = 1000;

export function createLink(client: Client, socket: Socket, target: SshTarget): Link {
  const listeners = new Set<() => void>();
  let closed = socket.destroyed;
  client.once('close', () => {
    closed = true;
    for (const listener of listeners) listener();
  });

  async function bounded<T>(work: Promise<T>, wait: Wait): Promise<T> {
    try {
      return await within(work, wait);
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === 'timeout') socket.destroy();
      throw error;
    }
  }

  return {
    target,
    within: bounded,
    async openShell(wait) {
      const opened = new Promise<ClientChannel>((resolve, reject) => {
        const refuse = (error: Error) => reject(closed ? broken(target, wait.step) : refused(target, wait.step, error));
        try {
          client.exec('exec sh', (error, stream) => (error ? refuse(error) : resolve(stream)));
        } catch {
          reject(broken(target, wait.step));
        }
      });
      try {
        return await bounded(opened, wait);
      } catch (error) {
        // It may still come, after nobody waits any more.
        opened.then(
          (stream) => stream.close(),
          () => {},
        );
        throw error;
      }
    },
    isClosed: () => closed,
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else listeners.add(listener);
    },
    close() {
      client.end();
      setTimeout(() => socket.destroy(), farewellMs).unref();
    },
  };
}

/** The fault for a link that broke while something was being waited for. */
export function broken(target: SshTarget, step: string): FaultError {
  return new FaultError('disconnected', step, `The connection to ${target.address} port ${target.port} was lost.`);
}

function refused(target: SshTarget, step: string, error: Error): FaultError {
  return new FaultError(
    'not_permitted',
    step,
    `${target.address} refuses to run a command for ${target.user} and says ${hostWords(error.message)}.`,
    { cause: error },
  );
}
