import { FaultError } from '../../contract/faults.ts';
import type { RunResult } from '../../domain/collect/transport.ts';
import { shellQuote } from '../../domain/policy/shell-quote.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { inSeconds } from './deadline.ts';
import type { SshLimits } from './limits.ts';
import { broken, type ShellLink } from './link.ts';
import { createMarker, createNoiseGate, type Marker, type NoiseGate } from './noise-gate.ts';
import { watchEnd } from './shell-channel.ts';

export interface RunLimits {
  readonly deadlineMs: number;
  /** Of standard output, and again of standard error. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Runs one command line on a channel of its own. The line goes over standard input to a POSIX `sh`, so no login shell
 * ever reads its quotes. Longer output than allowed ends the command; a deadline ends the connection.
 */
export async function runCommand(
  link: ShellLink,
  line: string,
  run: RunLimits,
  limits: SshLimits,
  now: () => number,
): Promise<RunResult> {
  if (line.includes('\0')) throw new FaultError('bad_input', 'command', 'A command line cannot hold a NUL.');
  const started = now();
  const wait = {
    ms: run.deadlineMs,
    signal: run.signal,
    step: 'command',
    expired: `A command on ${link.hop.hostName} did not end within ${inSeconds(run.deadlineMs)}: ${hostWords(line, 80)}.`,
  };
  const stream = await link.openShell(wait);
  const marker = createMarker();
  const gate = createNoiseGate(marker, limits.noiseBytes);
  const stdout = collect(gate, run.maxBytes);
  const stderr = collect(createNoiseGate(marker, limits.noiseBytes), run.maxBytes);
  const full = Promise.withResolvers<null>();
  stream.on('data', (chunk: Buffer) => stdout.push(chunk) || full.resolve(null));
  stream.stderr.on('data', (chunk: Buffer) => stderr.push(chunk) || full.resolve(null));
  const ended = watchEnd(stream);
  stream.end(script(line, marker));

  try {
    const left = run.deadlineMs - (now() - started);
    const exit = await link.within(Promise.race([ended, full.promise]), { ...wait, ms: Math.max(1, left) });
    if (!stdout.truncated() && link.isClosed()) throw broken(link.hop, 'command');
    if (!stdout.begun()) throw noShell(link, gate);
    return {
      exit,
      stdout: stdout.bytes(),
      stderr: stderr.bytes(),
      truncated: stdout.truncated() || stderr.truncated(),
      durationMs: now() - started,
    };
  } finally {
    stream.close();
  }
}

function script(line: string, marker: Marker): string {
  return `${marker.print} >&2; ${marker.print}; exec sh -c ${shellQuote(line)} </dev/null\n`;
}

function collect(gate: NoiseGate, maxBytes: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  let truncated = false;
  let begun = false;
  return {
    /** False once there is too much. */
    push(chunk: Buffer): boolean {
      const bytes = gate.push(chunk);
      if (bytes === null) return !gate.overflown();
      begun = true;
      if (truncated) return false;
      truncated = size + bytes.length > maxBytes;
      chunks.push(bytes.subarray(0, maxBytes - size));
      size = Math.min(maxBytes, size + bytes.length);
      return !truncated;
    },
    bytes: () => new Uint8Array(Buffer.concat(chunks)),
    truncated: () => truncated,
    begun: () => begun,
  };
}

function noShell(link: ShellLink, gate: NoiseGate): FaultError {
  const { user, hostName } = link.hop;
  const said = gate.noise().length > 0 ? `said ${hostWords(gate.noise())}` : 'said nothing';
  return new FaultError(
    'bad_output',
    'command',
    `The login shell of ${user} on ${hostName} does not start sh: it ${said}.`,
  );
}
