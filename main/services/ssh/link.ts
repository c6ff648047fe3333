import type { Duplex, Readable } from 'node:stream';
import type { Client, SFTPWrapper } from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { inSeconds, type Wait, within } from './deadline.ts';

/** A link that opens shells, whoever made it. */
export interface ShellLink {
  readonly hop: SshSettings;
  /** A channel whose login shell was told to become `sh`. Every login shell knows these two words alike. */
  openShell(wait: Wait): Promise<ShellStream>;
  /** As `within`, but a deadline that passes takes the connection with it. */
  within<T>(work: Promise<T>, wait: Wait): Promise<T>;
  isClosed(): boolean;
  onClose(listener: () => void): void;
}

/** Both directions of a program on a host; `exit` (code, null when unknown) comes before `close`. */
export interface ShellStream extends Duplex {
  readonly stderr: Readable;
  /** Ends it, whatever it does. */
  close(): void;
}

/** An authenticated connection: opens channels, and dies as a whole. */
export interface Link extends ShellLink {
  /** What has to be shown as long as it lives, as the end of a sentence; null: nothing. */
  readonly note: string | null;
  /** A connection from there to another host; the step is `tcp`. A host that does not answer takes nothing with it. */
  forward(to: SshSettings, ms: number, signal: AbortSignal): Promise<Duplex>;
  /** Asks for a sign of life, and destroys the connection when none comes within `ms`. Resolves when one came. */
  probe(ms: number): Promise<void>;
  /** A channel with the sftp subsystem; `not_permitted` where the host has none. */
  openSftp(wait: Wait): Promise<SFTPWrapper>;
  /** Says goodbye, and does not wait for an answer for long. */
  close(): void;
}

const farewellMs = 1000;

export function createLink(client: Client, stream: Duplex, hop: SshSettings, note: string | null = null): Link {
  const listeners = new Set<() => void>();
  let closed = stream.destroyed;
  client.once('close', () => {
    closed = true;
    for (const listener of listeners) listener();
  });

  async function bounded<T>(work: Promise<T>, wait: Wait): Promise<T> {
    try {
      return await within(work, wait);
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === 'timeout') stream.destroy();
      throw error;
    }
  }

  interface Asking<T> {
    readonly step: string;
    begin(done: (error: Error | undefined, channel: T) => void): void;
    refused(error: Error): FaultError;
    wait(opened: Promise<T>): Promise<T>;
    /** It may still come, after nobody waits any more. */
    abandon(channel: T): void;
  }

  async function openChannel<T>({ step, begin, refused, wait, abandon }: Asking<T>): Promise<T> {
    const opened = new Promise<T>((resolve, reject) => {
      try {
        begin((error, channel) => {
          if (error) reject(closed ? broken(hop, step) : refused(error));
          else resolve(channel);
        });
      } catch {
        reject(broken(hop, step));
      }
    });
    try {
      return await wait(opened);
    } catch (error) {
      opened.then(abandon, () => {});
      throw error;
    }
  }

  return {
    hop,
    note,
    within: bounded,
    openShell: (wait) =>
      openChannel<ShellStream>({
        step: wait.step,
        begin: (done) => client.exec('exec sh', { env: hop.environment }, done),
        refused: (error) => refused(hop, wait.step, error),
        wait: (opened) => bounded(opened, wait),
        abandon: (stream) => stream.close(),
      }),
    openSftp: (wait) =>
      openChannel<SFTPWrapper>({
        step: wait.step,
        begin: (done) => client.sftp(done),
        refused: (error) => refused(hop, wait.step, error),
        wait: (opened) => within(opened, wait),
        abandon: (sftp) => sftp.end(),
      }),
    async forward(to, ms, signal) {
      const where = `${to.hostName} port ${to.port}`;
      const expired = `${hop.hostName} could not reach ${where} within ${inSeconds(ms)}: is that host on, and is the address right?`;
      try {
        return await openChannel<Duplex>({
          step: 'tcp',
          begin: (done) => client.forwardOut('127.0.0.1', 0, to.hostName, to.port, done),
          refused: (error) => unforwarded(hop, where, error),
          wait: (opened) => within(opened, { ms, signal, step: 'tcp', expired }),
          abandon: (channel) => channel.destroy(),
        });
      } catch (error) {
        const late = error instanceof FaultError && error.fault.code === 'timeout';
        throw late ? new FaultError('timeout', 'tcp', expired, { hop: hop.alias }) : error;
      }
    },
    async probe(ms) {
      const answered = new Promise<void>((resolve) => {
        try {
          // Nothing is forwarded, so every server says no; what counts is that it answers.
          client.unforwardIn('rackside', 1, () => resolve());
        } catch {
          // It is closed already, which is told elsewhere.
        }
      });
      const timer = setTimeout(() => stream.destroy(), ms);
      const onClose = () => clearTimeout(timer);
      client.once('close', onClose);
      await answered;
      client.off('close', onClose);
      clearTimeout(timer);
    },
    isClosed: () => closed,
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else listeners.add(listener);
    },
    close() {
      client.end();
      setTimeout(() => stream.destroy(), farewellMs).unref();
    },
  };
}

/** The fault for a link that broke while something was being waited for. */
export function broken(hop: SshSettings, step: string): FaultError {
  return new FaultError('disconnected', step, `The connection to ${hop.hostName} port ${hop.port} was lost.`);
}

/** RFC 4254 §5.1: 1 is a prohibition, 2 a connection that failed. */
function unforwarded(hop: SshSettings, where: string, error: Error & { reason?: unknown }): FaultError {
  if (error.reason === 1) {
    const message = `${hop.hostName} does not forward connections for ${hop.user} (AllowTcpForwarding, PermitOpen): ${where} cannot be reached through it.`;
    return new FaultError('not_permitted', 'tcp', message, { cause: error, hop: hop.alias });
  }
  const message = `${hop.hostName} cannot reach ${where} and says ${hostWords(error.message.replace(/^.*failure: /, ''))}.`;
  return new FaultError('unreachable', 'tcp', message, { cause: error, hop: hop.alias });
}

function refused(hop: SshSettings, step: string, error: Error): FaultError {
  return new FaultError(
    'not_permitted',
    step,
    `${hop.hostName} refuses to run a command for ${hop.user} and says ${hostWords(error.message)}.`,
    { cause: error },
  );
}
