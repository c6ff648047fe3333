import { closeSync, constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { FaultError } from '../../../contract/faults.ts';
import { type ByteRange, createByteRanges } from '../../../domain/dump/byte-ranges.ts';

/** A file on this disk that is as long as one on a host, and has some of its bytes; the others read as zeros. */
export interface SparseCopy {
  readonly path: string;
  readonly size: number;
  /** Bytes that are here. */
  readonly present: number;
  /** What lies beyond the end is left out. Throws `cancelled` when it is closed; reading too. */
  write(offset: number, bytes: Uint8Array): void;
  missing(from: number, to: number): ByteRange[];
  /** Fills the buffer from there, and gives back what the file has of it. */
  read(offset: number, buffer: Buffer): Buffer;
  close(): void;
}

const { O_RDWR, O_CREAT, O_EXCL } = constants;

/**
 * Makes the file (0600). Writes are not awaited one by one: headers are hundreds of thousands of small ones, and each
 * takes microseconds, where a promise for it would take ten times as long.
 */
export function createSparseCopy(path: string, size: number): SparseCopy {
  const file = openSync(path, O_RDWR | O_CREAT | O_EXCL, 0o600);
  ftruncateSync(file, size);
  const ranges = createByteRanges();
  let isOpen = true;
  // Its number may be another file's by now.
  const assertOpen = (): void => {
    if (!isOpen) throw new FaultError('cancelled', 'open on host', 'The dump was closed meanwhile.');
  };
  return {
    path,
    size,
    get present() {
      return ranges.bytes;
    },
    write: (offset, bytes) => {
      assertOpen();
      const inside = bytes.subarray(0, Math.max(0, size - offset));
      for (let done = 0; done < inside.length; ) {
        done += writeSync(file, inside, done, inside.length - done, offset + done);
      }
      ranges.add(offset, offset + inside.length);
    },
    missing: (from, to) => ranges.missing(Math.max(0, from), Math.min(size, to)),
    read: (offset, buffer) => {
      assertOpen();
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset));
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}
