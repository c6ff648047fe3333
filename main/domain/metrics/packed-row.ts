import { ByteReader, type ByteWriter } from './bytes.ts';
import { maxMagnitude } from './column.ts';

/**
 * The values of one sample in the order of its layout, as whole numbers of either sign or unknown. A row is packed
 * where the sample comes in; as these bytes it crosses to the store's thread, is journalled, and waits to be sealed.
 */
export function writeValue(writer: ByteWriter, value: number | null, scale: number): void {
  if (value === null) {
    writer.byte(0);
    return;
  }
  const whole = Math.round(value * scale);
  if (whole >= 0 && whole <= maxMagnitude) writer.unsigned(2 * whole + 1);
  else if (whole < 0 && whole >= -maxMagnitude) writer.unsigned(-2 * whole);
  else writer.byte(0);
}

/** A whole number; null where it was unknown or beyond all reason. */
export function readValue(reader: ByteReader): number | null {
  const code = reader.unsigned();
  if (code === 0) return null;
  // Whole numbers of the machine where they are: this is read once for every value that is stored.
  if (code < 0x4000_0000) return code & 1 ? code >>> 1 : -(code >>> 1);
  return code % 2 === 0 ? -code / 2 : (code - 1) / 2;
}

/** The value at one place of a packed row. */
export function valueAt(row: Uint8Array, place: number): number | null {
  const reader = new ByteReader(row);
  reader.skip(place);
  return readValue(reader);
}
