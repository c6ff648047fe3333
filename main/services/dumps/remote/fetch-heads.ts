import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { FaultError } from '../../../contract/faults.ts';
import type { Transport } from '../../../domain/collect/transport.ts';
import { createGrepReader, dropNumbers, type FilePiece } from '../../../domain/dump/grep-lines.ts';
import { pathWord } from '../../../domain/policy/shell-quote.ts';
import { hostWords } from '../../../domain/present/host-words.ts';
import type { SparseCopy } from './sparse-copy.ts';

/** What reading the headers has cost. */
export interface HeadsCost {
  /** That came over the link. */
  readonly bytes: number;
  /** CPU time on the host, in milliseconds; null where its shell does not say. */
  readonly hostCpuMs: number | null;
}

const step = 'open on host';
/** A longer line is none of a head: what is behind that is let go, so that it costs no memory here. */
const lineBytes = 8000;
/** Programs there hold a line as a whole; one without an end is not worth more of a host's memory. */
const memoryKiB = 1 << 20;
/** What counts comes last. */
const maxSaid = 4096;
/** A host that prints nothing for so long is not searching. */
const silenceMs = 120_000;

/**
 * Puts the lines that begin like a separator, and those around them, where they stand: the host's own grep finds them,
 * at the lowest priority. Throws a `FaultError`: `bad_output` where its grep cannot tell places (busybox) or has no
 * memory for a line, and what the link says. What is at the end of a long line stays missing.
 */
export async function fetchHeads(
  transport: Transport,
  path: string,
  copy: SparseCopy,
  { onPiece = () => {}, ...lines }: { before: number; after: number; onPiece?: (piece: FilePiece) => void },
  signal: AbortSignal,
): Promise<HeadsCost> {
  const reader = createGrepReader(lineBytes);
  const keep = (piece: FilePiece): void => {
    copy.write(piece.offset, piece.bytes);
    onPiece(piece);
  };
  const onData = (chunk: Buffer): void => reader.push(chunk).forEach(keep);
  const { bytes, said } = await runOn(transport, scriptFor(path, lines), onData, signal);
  reader.end().forEach(keep);
  // 1: no line is one, which may well be so.
  const exit = /^grep (\d+)$/m.exec(said)?.[1];
  if (exit === '0' || exit === '1') return { bytes, hostCpuMs: cpuMsIn(said) };
  const how = exit === undefined ? 'it ended early' : hostWords(said.split('\n')[0] ?? '');
  const message = `The host cannot tell where entries begin in ${hostWords(path)} (${how}): take the dump to this machine first.`;
  throw new FaultError('bad_output', step, message);
}

function scriptFor(path: string, { before, after }: { before: number; after: number }): string {
  const grep = `nice -n 19 grep -ab -B${before} -A${after} '^===== ' -- ${pathWord(path)}`;
  return [
    'LC_ALL=C; export LC_ALL',
    `ulimit -v ${memoryKiB} 2>/dev/null`,
    // zstd takes a fifth of the time for less.
    "pack='gzip -1'; command -v zstd >/dev/null 2>&1 && pack='zstd -q -1'",
    `{ ${grep}; printf 'grep %s\\n' "$?" >&2; } | nice -n 19 ${dropNumbers} | nice -n 19 $pack`,
    'times >&2',
    'exit',
    '',
  ].join('\n');
}

/** Resolves when the program has ended and all that it printed is unpacked. */
async function runOn(
  transport: Transport,
  script: string,
  onData: (chunk: Buffer) => void,
  signal: AbortSignal,
): Promise<{ bytes: number; said: string }> {
  const channel = await transport.start(signal);
  let unpack: Transform | null = null;
  let timer: NodeJS.Timeout | undefined;
  let bytes = 0;
  let said = '';
  let leave = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const late = (): void => reject(new FaultError('timeout', step, 'The host fell silent while it searched.'));
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(late, silenceMs);
      };
      wait();
      leave = () => reject(new FaultError('cancelled', step, 'Cancelled.'));
      signal.addEventListener('abort', leave, { once: true });
      const onDamage = (error: Error): void => {
        const message = 'The host’s answer was cut, or is not packed as it should be.';
        reject(new FaultError('bad_output', step, message, { cause: error }));
      };
      channel.onError((chunk) => {
        said = (said + Buffer.from(chunk).toString('latin1')).slice(-maxSaid);
      });
      channel.onData((chunk) => {
        bytes += chunk.length;
        wait();
        unpack ??= unpacking(chunk).on('data', onData).on('end', resolve).on('error', onDamage);
        unpack.write(chunk);
      });
      channel.onClose(() => {
        if (unpack === null) resolve();
        else unpack.end();
      });
      channel.write(script);
    });
    return { bytes, said };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    channel.close();
    (unpack as Transform | null)?.destroy();
  }
}

/** By what it begins with. */
function unpacking(start: Uint8Array): Transform {
  return start[0] === 0x28 ? createZstdDecompress() : createGunzip();
}

/** The second line of `times`: user and system of the children, as `0m1.250s`. */
function cpuMsIn(said: string): number | null {
  const times = [...said.matchAll(/^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm)].at(-1);
  if (times === undefined) return null;
  const [userMinutes, user, systemMinutes, system] = times.slice(1).map(Number) as [number, number, number, number];
  return Math.round((60 * (userMinutes + systemMinutes) + user + system) * 1000);
}
