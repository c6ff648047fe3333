import { FaultError } from '../../contract/faults.ts';
import type { Channel } from '../../domain/collect/transport.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { inSeconds } from './deadline.ts';
import type { SshLimits } from './limits.ts';
import { broken, type ShellLink, type ShellStream } from './link.ts';
import { createMarker, createNoiseGate } from './noise-gate.ts';

/** After its input has ended, a program gets so long to end by itself. */
const graceMs = 2000;
const earlyErrorBytes = 64 << 10;
const nothing = Buffer.alloc(0);

/**
 * Starts a POSIX `sh` and hands it over once it has proven to be one. Only one harmless line is sent before that, so
 * that a program never lands in a menu or in another shell.
 */
export async function startShell(link: ShellLink, limits: SshLimits, signal: AbortSignal): Promise<Channel> {
  const { hostName, user } = link.hop;
  const wait = {
    ms: limits.channelMs,
    signal,
    step: 'channel',
    expired: `${hostName} opened no channel for ${user} within ${inSeconds(limits.channelMs)}.`,
  };
  const stream = await link.openShell(wait);
  const marker = createMarker();
  const gate = createNoiseGate(marker, limits.noiseBytes);
  const ended = watchEnd(stream);
  const complaint = holdEarly(stream);

  const proven = new Promise<Buffer>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      const rest = gate.push(chunk);
      if (rest !== null) {
        // Nobody listens yet: what comes now has to wait.
        stream.pause();
        stream.off('data', onData);
        // A copy: the chunk is a part of a buffer of 64 KiB, which this promise would keep as long as the channel.
        resolve(Buffer.from(rest));
      } else if (gate.overflown()) {
        reject(noShell(link, `it prints without end, beginning with ${hostWords(gate.noise())}`));
      }
    };
    stream.on('data', onData);
    ended.then((exit) => {
      if (link.isClosed()) return reject(broken(link.hop, 'channel'));
      const said = gate.noise().length > 0 ? gate.noise() : complaint.held();
      const code = exit === null ? 'ended' : `ended with exit ${exit}`;
      reject(noShell(link, said.length > 0 ? `it ${code} and said ${hostWords(said)}` : `it ${code} and said nothing`));
    });
  });
  stream.write(`${marker.print}\n`);

  try {
    const rest = await link.within(proven, { ...wait, expired: '' });
    complaint.forget();
    readToEnd(link, stream);
    return shellChannel(stream, rest, complaint, ended, limits);
  } catch (error) {
    stream.on('data', () => {});
    stream.close();
    if (!(error instanceof FaultError) || error.fault.code !== 'timeout') throw error;
    const said = gate.noise().length > 0 ? `it said ${hostWords(gate.noise())}` : 'it said nothing';
    throw new FaultError(
      'timeout',
      'channel',
      `${loginShell(link)} did not start sh within ${inSeconds(limits.channelMs)}; ${said}.`,
    );
  }
}

/** An end that nobody reads is not seen, and nobody may be listening yet. */
function readToEnd(link: ShellLink, stream: ShellStream): void {
  link.onClose(() => stream.resume());
}

function shellChannel(
  stream: ShellStream,
  first: Buffer,
  complaint: EarlyError,
  ended: Promise<number | null>,
  limits: SshLimits,
): Channel {
  let rest: Buffer | null = first;
  return {
    write(text) {
      if (!stream.writable) return;
      stream.write(text);
      // Half a program is worse than none: once something had to be dropped, the channel ends.
      if (stream.writableLength > limits.writeBytes) {
        stream.destroy();
        stream.resume();
      }
    },
    onData(listener) {
      stream.on('data', listener);
      if (rest !== null && rest.length > 0) listener(rest);
      rest = null;
      stream.resume();
    },
    onError: complaint.listen,
    onClose: (listener) => void ended.then(listener),
    close() {
      stream.end();
      stream.resume();
      const timer = setTimeout(() => stream.close(), graceMs);
      timer.unref();
      void ended.then(() => clearTimeout(timer));
    },
  };
}

/** Resolves with the exit code when the channel is over; null when it is not known. */
export function watchEnd(stream: ShellStream): Promise<number | null> {
  let code: number | null = null;
  stream.on('exit', (exit: number | null) => {
    code = exit;
  });
  stream.on('error', () => {});
  return new Promise((resolve) => stream.once('close', () => resolve(code)));
}

interface EarlyError {
  held(): Buffer;
  forget(): void;
  listen(listener: (chunk: Uint8Array) => void): void;
}

/** Standard error shares its window with standard output, so it is always read, and held until somebody listens. */
function holdEarly(stream: ShellStream): EarlyError {
  let held = nothing;
  let listening = false;
  stream.stderr.on('data', (chunk: Buffer) => {
    if (!listening && held.length < earlyErrorBytes) held = Buffer.concat([held, chunk]);
  });
  return {
    held: () => held,
    forget() {
      held = nothing;
    },
    listen(listener) {
      listening = true;
      if (held.length > 0) listener(held);
      held = nothing;
      stream.stderr.on('data', listener);
    },
  };
}

function loginShell(link: ShellLink): string {
  return `The login shell of ${link.hop.user} on ${link.hop.hostName}`;
}

function noShell(link: ShellLink, how: string): FaultError {
  return new FaultError('bad_output', 'channel', `${loginShell(link)} does not start sh: ${how}.`);
}
