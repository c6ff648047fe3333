import { blockBytes } from './tar-header.ts';

const encoder = new TextEncoder();

/**
 * The header of a file or, with a size of null, of a directory, in the shape of POSIX: nobody's, for its owner alone.
 * A size beyond 8 GiB stands there as a binary number, as GNU has it.
 * @param name at most 100 bytes; a longer one is cut
 * @param modifiedAt milliseconds since the epoch
 */
export function tarHeader(name: string, size: number | null, modifiedAt: number): Uint8Array {
  const block = new Uint8Array(blockBytes);
  const put = (at: number, text: string): void => block.set(encoder.encode(text), at);
  const octal = (at: number, length: number, number: number): void =>
    put(at, number.toString(8).padStart(length - 1, '0'));
  block.set(encoder.encode(name).subarray(0, 100), 0);
  octal(100, 8, size === null ? 0o700 : 0o600);
  octal(108, 8, 0);
  octal(116, 8, 0);
  if ((size ?? 0) < 8 ** 11) octal(124, 12, size ?? 0);
  else putBinary(block, 124, 12, size ?? 0);
  octal(136, 12, Math.max(0, Math.floor(modifiedAt / 1000)));
  put(156, size === null ? '5' : '0');
  put(257, 'ustar\0');
  put(263, '00');
  block.fill(0x20, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0`);
  return block;
}

function putBinary(block: Uint8Array, at: number, length: number, number: number): void {
  let rest = number;
  for (let place = at + length - 1; place > at; place--) {
    block[place] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  block[at] = 0x80;
}

/** How many zeros fill up the last block of a file. */
export function tarFill(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}
