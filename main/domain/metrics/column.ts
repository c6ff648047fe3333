import { BitReader, BitWriter } from './bits.ts';
import { type ByteReader, ByteWriter, unzigzag, zigzag } from './bytes.ts';

/**
 * A column of whole numbers and nulls, packed. What is packed are residuals: the distance from the mean (noise), from
 * the value before (a walk), or from the line through the two before (a clock); whichever is the smallest. They are
 * Rice coded with a parameter of the column's own, which for such residuals takes a third less room than varints under
 * deflate, and lets one column be opened without the others. A column that hardly changes lists its changes instead.
 *
 * Layout: a byte of flags (shape, nulls), then [bitmap of nulls] [base] [shape's own bytes].
 */
type Values = readonly (number | null)[];

const shapes = ['empty', 'constant', 'changes', 'mean', 'walk', 'line'] as const;
type Shape = (typeof shapes)[number];
const hasNulls = 0x80;

/** Values beyond this are unknown: differences of differences must stay exact in a double. */
export const maxMagnitude = 2 ** 49;

/** A quotient this long stands for a number that is written as it is. */
const longestRow = 24;

/** Whole numbers up to `maxMagnitude`, and nulls. */
export function writeColumn(writer: ByteWriter, values: Values): void {
  const known = values.filter((value) => value !== null);
  const nulls = known.length < values.length && known.length > 0;
  const packed = pack(known);
  writer.byte(shapes.indexOf(packed.shape) | (nulls ? hasNulls : 0));
  if (nulls) {
    const bitmap = new BitWriter();
    for (const value of values) bitmap.write(value === null ? 1 : 0, 1);
    writer.raw(bitmap.finish());
  }
  writer.raw(packed.bytes);
}

/** The column that was written with so many values. */
export function readColumn(reader: ByteReader, length: number): (number | null)[] {
  const flags = reader.byte();
  const shape = shapes[flags & ~hasNulls];
  if (shape === undefined) throw new RangeError('A packed column has an unknown shape');
  if (shape === 'empty') return new Array(length).fill(null);
  if ((flags & hasNulls) === 0) return unpack(reader, shape, length);
  const bitmap = new BitReader(reader.raw(Math.ceil(length / 8)));
  const unknown = Array.from({ length }, () => bitmap.read(1) === 1);
  const known = unpack(reader, shape, unknown.filter((isNull) => !isNull).length);
  let next = 0;
  return unknown.map((isNull) => (isNull ? null : (known[next++] as number)));
}

function pack(values: readonly number[]): { shape: Shape; bytes: Uint8Array } {
  const first = values[0];
  if (first === undefined) return { shape: 'empty', bytes: new Uint8Array() };
  const { mean, walk, line, changes } = residualsOf(values, first);
  if (changes === 0) return { shape: 'constant', bytes: based(first).finish() };

  let best = { shape: 'walk' as Shape, base: first, residuals: walk, rice: bestRice(walk) };
  const offer = (shape: Shape, base: number, residuals: Float64Array<ArrayBuffer>) => {
    const rice = bestRice(residuals);
    if (rice.bits < best.rice.bits) best = { shape, base, residuals, rice };
  };
  if (changes * 16 < best.rice.bits) {
    const listed = listChanges(first, walk, changes);
    if (listed.length * 8 < best.rice.bits) return { shape: 'changes', bytes: listed };
  }
  offer('mean', mean.base, mean.residuals);
  offer('line', first, line);
  const writer = based(best.base);
  if (best.shape === 'line') writer.signed(slopeOf(values));
  writer.byte(best.rice.parameter);
  writer.block(rice(best.residuals, best.rice.parameter));
  return { shape: best.shape, bytes: writer.finish() };
}

/** All three kinds of residuals in one pass: this is where sealing spends its time. */
function residualsOf(values: readonly number[], first: number) {
  const count = values.length;
  const [around, walk, line] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let base = 0;
  for (let i = 0; i < count; i++) base += (values[i] as number) / count;
  base = Math.round(base);
  let before = first;
  let slope = slopeOf(values);
  let expected = first;
  let changes = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    around[i] = zigzag(value - base);
    walk[i] = zigzag(value - before);
    line[i] = zigzag(value - expected);
    if (value !== before) changes++;
    if (i > 0) slope = value - before;
    expected = value + slope;
    before = value;
  }
  return { mean: { base, residuals: around }, walk, line, changes };
}

function unpack(reader: ByteReader, shape: Shape, length: number): number[] {
  const base = reader.signed();
  if (shape === 'constant') return new Array(length).fill(base);
  if (shape === 'changes') return unlistChanges(reader, base, length);
  let slope = shape === 'line' ? reader.signed() : 0;
  const parameter = reader.byte();
  const bits = new BitReader(reader.block());
  const values: number[] = new Array(length);
  let before = base - slope;
  for (let i = 0; i < length; i++) {
    const residual = unzigzag(unrice(bits, parameter));
    const value = shape === 'mean' ? base + residual : shape === 'walk' ? before + residual : before + slope + residual;
    slope = value - before;
    before = value;
    values[i] = value;
  }
  return values;
}

function based(base: number): ByteWriter {
  const writer = new ByteWriter();
  writer.signed(base);
  return writer;
}

const slopeOf = (values: readonly number[]) => (values[1] ?? 0) - (values[0] ?? 0);

function listChanges(first: number, walk: Float64Array<ArrayBuffer>, changes: number): Uint8Array {
  const writer = based(first);
  writer.unsigned(changes);
  let last = 0;
  walk.forEach((residual, i) => {
    if (residual === 0) return;
    writer.unsigned(i - last);
    writer.unsigned(residual);
    last = i;
  });
  return writer.finish();
}

function unlistChanges(reader: ByteReader, base: number, length: number): number[] {
  const values: number[] = [];
  let value = base;
  for (let left = reader.unsigned(); left > 0; left--) {
    const until = Math.min(length, (values.length === 0 ? 0 : lastChange(values)) + reader.unsigned());
    while (values.length < until) values.push(value);
    value += unzigzag(reader.unsigned());
    values.push(value);
  }
  while (values.length < length) values.push(value);
  return values;
}

const lastChange = (values: readonly number[]) => values.length - 1;

interface Rice {
  /** Low bits that are written as they are; the rest is a row of ones. */
  readonly parameter: number;
  readonly bits: number;
}

function bestRice(residuals: Float64Array<ArrayBuffer>): Rice {
  let mean = 0;
  for (const residual of residuals) mean += residual / residuals.length;
  const guess = Math.min(50, Math.max(0, Math.floor(Math.log2(mean * 0.7 + 1e-9))));
  let best: Rice | null = null;
  // Downwards from the mean, as a single outlier draws it up.
  for (let parameter = guess + 1; parameter >= 0; parameter--) {
    const unit = 2 ** parameter;
    let bits = 0;
    for (const residual of residuals) {
      const quotient = Math.floor(residual / unit);
      bits += quotient < longestRow ? quotient + 1 + parameter : longestRow + 53;
    }
    if (best !== null && bits > best.bits) break;
    best = { parameter, bits };
  }
  return best as Rice;
}

function rice(residuals: Float64Array<ArrayBuffer>, parameter: number): Uint8Array {
  const unit = 2 ** parameter;
  const bits = new BitWriter();
  for (const residual of residuals) {
    const quotient = Math.floor(residual / unit);
    if (quotient < longestRow) {
      // So many ones and a zero.
      bits.write(2 ** (quotient + 1) - 2, quotient + 1);
      bits.write(residual - quotient * unit, parameter);
    } else {
      bits.write(2 ** longestRow - 1, longestRow);
      bits.write(residual, 53);
    }
  }
  return bits.finish();
}

function unrice(bits: BitReader, parameter: number): number {
  let quotient = 0;
  while (quotient < longestRow && bits.read(1) === 1) quotient++;
  return quotient === longestRow ? bits.read(53) : quotient * 2 ** parameter + bits.read(parameter);
}
