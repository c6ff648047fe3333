import type { ByteReader, ByteWriter } from './bytes.ts';
import { unzigzag, zigzag } from './bytes.ts';
import { maxMagnitude } from './column.ts';

export const shareScale = 100;

/** A share is ticks over a window of time: told as ticks it is small and comes back to the last bit. */
function shareOfTicks(ticks: number, window: number): number {
  return (ticks / window / 100) * 100;
}

export function writeShare(writer: ByteWriter, share: number | null, window: number | null): void {
  const ticks = share !== null && window !== null && window > 0 ? Math.round(share * window) + 0 : -1;
  if (ticks >= 0 && ticks <= maxMagnitude && Object.is(shareOfTicks(ticks, window as number), share)) {
    writer.unsigned(ticks + 1);
  } else {
    writer.byte(0);
    writeExact(writer, share, shareScale, 0);
  }
}

export function readShare(reader: ByteReader, window: number | null): number | null {
  const code = reader.unsigned();
  return code === 0 ? readExact(reader, shareScale, 0).value : shareOfTicks(code - 1, window ?? 0);
}

/** A rate is whole bytes over a window of time: see `shareOfTicks`. */
export function writeRate(writer: ByteWriter, rate: number | null, window: number | null): void {
  const bytes = rate !== null && window !== null && window > 0 ? Math.round(rate * window) + 0 : -1;
  if (bytes >= 0 && bytes <= maxMagnitude && Object.is(bytes / (window as number), rate)) {
    writer.unsigned(bytes + 1);
  } else {
    writer.byte(0);
    writeExact(writer, rate, 1, 0);
  }
}

export function readRate(reader: ByteReader, window: number | null): number | null {
  const code = reader.unsigned();
  return code === 0 ? readExact(reader, 1, 0).value : (code - 1) / (window ?? 0);
}

export function hostShareOf(share: number | null, cores: number): number | null {
  return share === null ? null : Math.min(100, share / Math.max(1, cores));
}

export function foretell(share: number | null): number {
  const whole = Math.round((share ?? 0) * shareScale);
  return Math.abs(whole) <= maxMagnitude ? whole : 0;
}

/** Null, a whole multiple of the unit told as its distance from `foretold`, or the double itself. Gives what to foretell next. */
export function writeExact(writer: ByteWriter, value: number | null, scale: number, foretold: number): number {
  const whole = value === null ? 0 : Math.round(value * scale) + 0;
  if (value === null) {
    writer.unsigned(0);
  } else if (Object.is(whole / scale, value) && Math.abs(whole) <= maxMagnitude) {
    writer.unsigned(zigzag(whole - foretold) + 2);
    return whole;
  } else {
    writer.unsigned(1);
    writer.double(value);
  }
  return foretold;
}

export function readExact(
  reader: ByteReader,
  scale: number,
  foretold: number,
): { value: number | null; whole: number } {
  const code = reader.unsigned();
  if (code === 0) return { value: null, whole: foretold };
  if (code === 1) return { value: reader.double(), whole: foretold };
  const whole = foretold + unzigzag(code - 2);
  return { value: whole / scale, whole };
}
