import type { SFTPWrapper, Stats } from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import type { FileStat, HostFiles, OpenFile } from '../../domain/collect/host-files.ts';
import { hostWords } from '../../domain/present/host-words.ts';
import { inSeconds, within } from './deadline.ts';

/** Each answer of the host may take so long. */
const answerMs = 20_000;
/** Of a directory; more names than this are not even sorted. */
const maxNames = 100_000;

/** Files over the sftp subsystem (draft-ietf-secsh-filexfer-02, as OpenSSH speaks it). What the host says is checked. */
export function sftpFiles(sftp: SFTPWrapper, host: string, signal: AbortSignal): HostFiles {
  let gone = false;
  sftp.on('error', () => {});
  const closed = new Promise<never>((_resolve, reject) => {
    sftp.once('close', () => {
      gone = true;
      reject(lost(host));
    });
  });
  closed.catch(() => {});

  /** One question to the host, and its answer. */
  async function ask<Value>(path: string, question: (done: Done<Value>) => void): Promise<Value> {
    if (gone) await closed;
    const answer = new Promise<Value>((resolve, reject) => {
      question((error, value) => (error ? reject(faultFor(error, path, host)) : resolve(value as Value)));
    });
    const expired = `${host} did not answer about ${hostWords(path)} within ${inSeconds(answerMs)}.`;
    const wait = { ms: answerMs, signal, step: 'sftp', expired };
    return within(Promise.race([answer, closed]), wait);
  }

  async function readOnce(handle: Buffer, path: string, offset: number, length: number): Promise<Uint8Array> {
    const buffer = Buffer.allocUnsafe(length);
    const count = await ask<number>(path, (done) => sftp.read(handle, buffer, 0, length, offset, done));
    if (count >= 0 && count <= length) return buffer.subarray(0, count);
    throw new FaultError('bad_output', 'sftp', `${host} sent more of ${hostWords(path)} than was asked for.`);
  }

  async function open(path: string): Promise<OpenFile> {
    const handle = await ask<Buffer>(path, (done) => sftp.open(path, 'r', done));
    const close = () => {
      if (!gone) sftp.close(handle, () => {});
    };
    try {
      const stat = statOf(await ask<Stats>(path, (done) => sftp.fstat(handle, done)), path, host);
      return {
        stat,
        close,
        read: (offset, length) => readAll((at, left) => readOnce(handle, path, at, left), offset, length),
      };
    } catch (error) {
      close();
      throw error;
    }
  }

  return {
    by: 'sftp',
    // A link of 100 Mbit/s and 160 ms holds no more.
    window: { bytes: 128 << 10, ahead: 16 },
    stat: async (path) => statOf(await ask<Stats>(path, (done) => sftp.stat(path, done)), path, host),
    async list(path, limit) {
      const handle = await ask<Buffer>(path, (done) => sftp.opendir(path, done));
      const names: (FileStat & { name: string })[] = [];
      try {
        for (;;) {
          const batch = await ask<{ filename: string; attrs: Stats }[] | undefined>(path, (done) =>
            sftp.readdir(handle, (error, list) => (isEnd(error) ? done(undefined, undefined) : done(error, list))),
          );
          if (batch === undefined || batch.length === 0 || names.length > maxNames) break;
          for (const { filename, attrs } of batch) {
            if (filename === '.' || filename === '..' || filename.includes('/')) continue;
            names.push({ name: filename, ...statOf(attrs, filename, host) });
          }
        }
      } finally {
        if (!gone) sftp.close(handle, () => {});
      }
      names.sort((a, b) => (a.name < b.name ? -1 : 1));
      return { entries: names.slice(0, limit), more: names.length > limit };
    },
    open,
    close: () => sftp.end(),
  };
}

type Done<Value> = (error: Error | null | undefined, value?: Value) => void;

/** A host may answer in pieces; only nothing at all is the end. */
async function readAll(
  read: (offset: number, length: number) => Promise<Uint8Array>,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const first = await read(offset, length);
  if (first.length === length || first.length === 0) return first;
  const pieces = [first];
  for (let have = first.length; have < length; ) {
    const next = await read(offset + have, length - have);
    if (next.length === 0) break;
    pieces.push(next);
    have += next.length;
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function statOf({ mode, size, mtime }: Stats, path: string, host: string): FileStat {
  if (!Number.isSafeInteger(size) || size < 0 || !Number.isSafeInteger(mtime)) {
    throw new FaultError('bad_output', 'sftp', `${host} tells no size and time of ${hostWords(path)} that could be.`);
  }
  return { type: typeOf(mode), size, modifiedAt: mtime * 1000 };
}

/** By the bits of POSIX's `st_mode`. */
function typeOf(mode: number): FileStat['type'] {
  const kind = mode & 0o170000;
  return kind === 0o100000 ? 'file' : kind === 0o040000 ? 'directory' : 'other';
}

/** Status codes of the protocol: 1 end, 2 no such file, 3 permission denied. */
function isEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 1;
}

function faultFor(error: Error & { code?: unknown }, path: string, host: string): FaultError {
  // What ssh2 says to all who still wait when the channel is gone.
  if (error.message === 'No response from server') return lost(host);
  const where = `${hostWords(path)} on ${host}`;
  if (error.code === 2) return new FaultError('not_found', 'sftp', `There is no ${where}.`, { cause: error });
  if (error.code === 3)
    return new FaultError('not_permitted', 'sftp', `This user may not read ${where}.`, { cause: error });
  const message = `${where} cannot be read: the host says ${hostWords(error.message)}.`;
  return new FaultError('bad_output', 'sftp', message, { cause: error });
}

function lost(host: string): FaultError {
  return new FaultError('disconnected', 'sftp', `The connection to ${host} was lost.`);
}
