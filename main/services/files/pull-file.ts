import { FaultError } from '../../contract/faults.ts';
import type { PullProgress } from '../../contract/files.ts';
import type { HostFiles, OpenFile } from '../../domain/collect/host-files.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { pathWord } from '../../domain/policy/shell-quote.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { openPartial, type PartialFile } from './partial-file.ts';

export interface Pull {
  readonly files: HostFiles;
  readonly transport: Transport;
  readonly path: string;
  /** Absolute, on this machine. */
  readonly to: string;
  readonly resume: boolean;
  readonly signal: AbortSignal;
  onProgress(progress: PullProgress): void;
}

/** Reading a large file back on the host may take its time. */
const checksumMs = 600_000;

/**
 * Takes a file as long as it is when it is opened, and compares its checksum with the host's where that has
 * `sha256sum`. What came before a fault stays as a part, and `resume` goes on there.
 */
export async function pullFile(pull: Pull): Promise<void> {
  const source = await pull.files.open(pull.path);
  try {
    const { type, size, modifiedAt } = source.stat;
    if (type !== 'file') throw new FaultError('bad_input', 'pull', `${hostWords(pull.path)} is no file.`);
    const part = await openPartial(pull.to, { path: pull.path, size, modifiedAt }, pull.resume);
    const began: PullProgress = {
      state: 'reading',
      by: pull.files.by,
      bytes: part.from,
      size,
      resumedFrom: part.from,
      anew: part.anew,
      sha256: null,
      checked: false,
    };
    pull.onProgress(began);
    try {
      await transfer(source, part, size, pull, (bytes) => pull.onProgress({ ...began, bytes }));
      pull.onProgress({ ...began, state: 'checking', bytes: size });
      const [here, there] = await Promise.all([part.checksum(), sha256There(pull, size)]);
      if (there !== null && there !== here) throw mismatch(pull);
      await part.finish();
      pull.onProgress({ ...began, state: 'done', bytes: size, sha256: here, checked: there !== null });
    } catch (error) {
      await part.leave().catch(() => {});
      throw error;
    }
  } finally {
    source.close();
  }
}

/** Several windows are asked for ahead, and written in their order. */
async function transfer(
  source: OpenFile,
  part: PartialFile,
  size: number,
  { signal, path, files: { window } }: Pull,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const ahead: Promise<Uint8Array>[] = [];
  let asked = part.from;
  let have = part.from;
  while (have < size) {
    if (signal.aborted) throw new FaultError('cancelled', 'pull', 'Cancelled; what has come stays as a part.');
    while (asked < size && ahead.length < window.ahead) {
      const length = Math.min(window.bytes, size - asked);
      const coming = source.read(asked, length);
      // It is awaited in its turn; until then its failure is nobody's surprise.
      coming.catch(() => {});
      ahead.push(coming);
      asked += length;
    }
    const wanted = Math.min(window.bytes, size - have);
    const bytes = await (ahead.shift() as Promise<Uint8Array>);
    if (bytes.length !== wanted) {
      const message = `${hostWords(path)} ended at ${have + bytes.length} bytes, and the host had said ${size}: it became shorter, or the host does not tell the truth.`;
      throw new FaultError('bad_output', 'pull', message);
    }
    await part.append(bytes);
    have += bytes.length;
    onBytes(have);
  }
}

/** Of the first `size` bytes, because a log goes on growing, as the host computes it, in hex; null where it cannot. */
export async function sha256There(
  { transport, path, signal }: Pick<Pull, 'transport' | 'path' | 'signal'>,
  size: number,
): Promise<string | null> {
  const line = `head -c ${size} -- ${pathWord(path)} | sha256sum`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), checksumMs);
  try {
    const limits = { deadlineMs: checksumMs * 2, maxBytes: 1000, signal: AbortSignal.any([signal, abort.signal]) };
    const { stdout } = await transport.run(line, limits);
    return /^([0-9a-f]{64}) /.exec(Buffer.from(stdout).toString('latin1'))?.[1] ?? null;
  } catch (error) {
    if (error instanceof FaultError && (error.fault.code !== 'cancelled' || signal.aborted)) throw error;
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function mismatch({ path }: Pull): FaultError {
  const message = `${hostWords(path)} came with another checksum than the host’s own: it changed meanwhile, or it was damaged on the way. Take it anew, without resume.`;
  return new FaultError('checksum_mismatch', 'pull', message);
}
