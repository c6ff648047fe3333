import { createHash } from 'node:crypto';
import { type Fault, FaultError, toFault } from '../../contract/faults.ts';
import { createByteSink } from '../../domain/collect/byte-sink.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import { passwordMark, runScript } from '../../domain/commands/run-script.ts';

export interface HostRun {
  readonly line: string;
  /** The line is sudo's, and has to be ended as root; with a word, that is what sudo reads. */
  readonly root: boolean;
  readonly password: string | null;
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

export interface Outcome {
  readonly exit: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly truncated: boolean;
  /** SHA-256 over all that came, each stream apart. */
  readonly digests: readonly [stdout: string, stderr: string];
  readonly durationMs: number;
  /** Why it did not end by itself; what had come until then is kept. */
  readonly fault: Fault | null;
}

/** Output is counted on beyond what is kept; a command that prints more than this is broken, and is ended. */
const floodBytes = 256 << 20;

/**
 * Runs a person's command on one host to its end. Never throws: what went wrong is the outcome's fault. A deadline or
 * an abort ends the command, and leaves the connection alone.
 */
export async function runOnHost(transport: Transport, run: HostRun): Promise<Outcome> {
  const started = run.now();
  const stdout = keep(run.maxBytes);
  const stderr = keep(run.maxBytes);
  let exit: number | null = null;
  let fault: Fault | null = null;
  try {
    const channel = await transport.start(run.signal);
    exit = await speak(channel, run, stdout, stderr);
  } catch (error) {
    fault = toFault(error, 'command');
  }
  return {
    exit,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
    truncated: stdout.overflowed() || stderr.overflowed(),
    digests: [stdout.digest(), stderr.digest()],
    durationMs: Math.round(run.now() - started),
    fault,
  };
}

function speak(channel: Channel, run: HostRun, stdout: Kept, stderr: Kept): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (code: 'timeout' | 'cancelled' | 'bad_output' | 'disconnected', message: string) => {
      settle();
      channel.close();
      reject(new FaultError(code, 'command', message));
    };
    const onAbort = () => fail('cancelled', 'Cancelled: the command was ended.');
    const seconds = Math.round(run.deadlineMs / 100) / 10;
    const deadline = setTimeout(() => {
      fail('timeout', `The command did not end within ${seconds} s, and was ended.`);
    }, run.deadlineMs);
    const settle = () => {
      clearTimeout(deadline);
      run.signal.removeEventListener('abort', onAbort);
    };
    const take = (kept: Kept, chunk: Uint8Array) => {
      kept.add(chunk);
      if (kept.seen() > floodBytes) fail('bad_output', 'The command printed more than 256 MiB, and was ended.');
    };

    const handOver = run.password === null ? null : awaitMark(() => channel.write(`${run.password}\n`));
    channel.onData((chunk) => take(stdout, handOver === null ? chunk : handOver(chunk)));
    channel.onError((chunk) => take(stderr, chunk));
    channel.onClose((exit) => {
      settle();
      if (exit !== null) return resolve(exit);
      const message =
        'The connection was lost while the command ran, or its shell was killed: how it ended is not known.';
      reject(new FaultError('disconnected', 'command', message));
    });
    if (run.signal.aborted) return onAbort();
    run.signal.addEventListener('abort', onAbort, { once: true });
    channel.write(runScript(run.line, { password: run.password !== null, root: run.root }));
  });
}

const nothing = new Uint8Array(0);

/** Hands over when the mark has come, once, and lets through what stands behind it. */
function awaitMark(onMark: () => void): (chunk: Uint8Array) => Uint8Array {
  const mark = Buffer.from(`${passwordMark}\n`);
  let before: Buffer | null = Buffer.alloc(0);
  return (chunk) => {
    if (before === null) return chunk;
    const seen: Buffer = Buffer.concat([before, chunk]);
    // It is the first that the script says; what is not it comes from a shell that said something else.
    if (!mark.subarray(0, seen.length).equals(seen.subarray(0, mark.length))) {
      before = null;
      return seen;
    }
    before = seen;
    if (seen.length < mark.length) return nothing;
    before = null;
    onMark();
    return seen.subarray(mark.length);
  };
}

type Kept = ReturnType<typeof keep>;

function keep(maxBytes: number) {
  const sink = createByteSink(maxBytes);
  const hash = createHash('sha256');
  let seen = 0;
  return {
    add(chunk: Uint8Array) {
      sink.add(chunk, 0, chunk.length);
      hash.update(chunk);
      seen += chunk.length;
    },
    seen: () => seen,
    bytes: () => sink.bytes(),
    overflowed: () => sink.overflowed,
    /** Nothing is added afterwards. */
    digest: () => hash.copy().digest('base64url'),
  };
}
