import type { BitReader } from './bits.ts';
import type { ByteWriter } from './bytes.ts';

/** A quotient this long stands for a number that is written as it is. */
const longestRow = 24;

/** How residuals are written: a quotient as a row of ones, and low bits. */
export interface Rice {
  /** Low bits that are written as they are; the rest is a row of ones. */
  readonly parameter: number;
  readonly bits: number;
}

export function bestRice(residuals: Float64Array, count: number, sum: number): Rice {
  const guess = Math.min(50, Math.max(0, Math.floor(Math.log2((sum / count) * 0.7 + 1e-9))));
  let parameter = guess + 1;
  let bits = riceBits(residuals, count, parameter);
  // Downwards from the mean, as a single outlier draws it up.
  while (parameter > 0) {
    const fewer = riceBits(residuals, count, parameter - 1);
    if (fewer > bits) break;
    parameter--;
    bits = fewer;
  }
  return { parameter, bits };
}

function riceBits(residuals: Float64Array, count: number, parameter: number): number {
  const scale = 2 ** -parameter;
  let bits = count * (parameter + 1);
  for (let i = 0; i < count; i++) {
    const quotient = Math.floor((residuals[i] as number) * scale);
    bits += quotient < longestRow ? quotient : longestRow + 53 - parameter - 1;
  }
  return bits;
}

/** Bit by bit into bytes whose number is known: the innermost loop of sealing, so it has its own bits at hand. */
export function writeRice(writer: ByteWriter, residuals: Float64Array, count: number, { parameter, bits }: Rice): void {
  const scale = 2 ** -parameter;
  const out = writer.claim(Math.ceil(bits / 8));
  let at = 0;
  let rest = 0;
  let held = 0;
  const put = (value: number, width: number) => {
    rest = (rest << width) | value;
    held += width;
    while (held >= 8) {
      held -= 8;
      out[at++] = rest >>> held;
    }
    rest &= (1 << held) - 1;
  };
  const putWide = (value: number, width: number) => {
    if (width > 24) putWide(Math.floor(value / 0x100_0000), width - 24);
    put(width > 24 ? value % 0x100_0000 : value, Math.min(width, 24));
  };
  for (let i = 0; i < count; i++) {
    const residual = residuals[i] as number;
    const quotient = Math.floor(residual * scale);
    if (quotient < longestRow) {
      // So many ones and a zero, then the low bits.
      const width = quotient + 1 + parameter;
      if (width <= 24) {
        const high = (1 << (quotient + 1)) - 2 - quotient;
        put((high << parameter) + residual, width);
      } else {
        put(2 ** (quotient + 1) - 2, quotient + 1);
        putWide(residual - quotient / scale, parameter);
      }
    } else {
      put(2 ** longestRow - 1, longestRow);
      putWide(residual, 53);
    }
  }
  if (held > 0) put(0, 8 - held);
}

export function unrice(bits: BitReader, parameter: number): number {
  let quotient = 0;
  while (quotient < longestRow && bits.read(1) === 1) quotient++;
  return quotient === longestRow ? bits.read(53) : quotient * 2 ** parameter + bits.read(parameter);
}
