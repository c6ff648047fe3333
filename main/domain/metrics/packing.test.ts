import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Process, type SampleData, sampleDataSchema } from '../../contract/samples.ts';
import { BitReader, BitWriter } from './bits.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { maxMagnitude, readColumn, writeColumn } from './column.ts';
import { PackedBlock, packBlock, scaled } from './packed-block.ts';
import { ProcessPacker } from './process-packer.ts';

const whole = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -maxMagnitude, max: maxMagnitude }),
  fc.constantFrom(0, 1, -1, maxMagnitude, -maxMagnitude),
);
const column = fc.oneof(
  fc.array(fc.option(whole), { maxLength: 200 }),
  // Walks, clocks, and columns that hardly change: each shape is met.
  fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 200 }).map((steps) => running(steps)),
  fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 200 }).map((steps) => running(steps.map((s) => s + 30_000))),
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }).map((steps) => running(steps.map((s) => +(s === 7)))),
);

function running(steps: number[]): number[] {
  let sum = 1_700_000_000_000;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
}

describe('numbers', () => {
  test('bytes come back', () => {
    const values = fc.array(fc.tuple(whole, fc.nat(), fc.double(), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(values, (rows) => {
        const writer = new ByteWriter();
        for (const [signed, unsigned, double, text] of rows) {
          writer.signed(signed);
          writer.unsigned(unsigned);
          writer.double(double);
          writer.text(text);
        }
        const reader = new ByteReader(writer.finish());
        const back = rows.map(() => [reader.signed(), reader.unsigned(), reader.double(), reader.text()]);
        expect({ back, done: reader.done }).toEqual({ back: rows, done: true });
      }),
    );
  });

  test('texts come back, however long, and whatever their units become as bytes', () => {
    const lengths = [0, 1, 42, 43, 126, 127, 128, 16_383, 16_384];
    const texts = lengths.flatMap((length) => ['', 'ö', '…', '\u{1f4be}'].map((end) => 'x'.repeat(length) + end));
    const writer = new ByteWriter(0);
    for (const text of texts) writer.text(text);
    const reader = new ByteReader(writer.view());
    expect({ back: texts.map(() => reader.text()), done: reader.done }).toEqual({ back: texts, done: true });
  });

  test('what is written over another takes its own room and little more', () => {
    const writer = new ByteWriter(0);
    const rooms = [1000, 990, 3, 4].map((length) => {
      writer.overwrite(new Uint8Array(length).fill(7));
      expect(writer.view()).toEqual(new Uint8Array(length).fill(7));
      return writer.view().buffer.byteLength;
    });
    expect(rooms).toEqual([1100, 1100, 4, 4]);
  });

  test('bits come back', () => {
    const parts = fc.array(
      fc.integer({ min: 0, max: 53 }).chain((width) => fc.tuple(fc.maxSafeNat(), fc.constant(width))),
    );
    fc.assert(
      fc.property(parts, (drawn) => {
        const rows = drawn.map(([value, width]) => [value % 2 ** width, width] as const);
        const writer = new BitWriter();
        for (const [value, width] of rows) writer.write(value, width);
        const reader = new BitReader(writer.finish());
        expect(rows.map(([, width]) => reader.read(width))).toEqual(rows.map(([value]) => value));
      }),
    );
  });

  test('bytes that end too early are refused', () => {
    expect(() => new ByteReader(new Uint8Array([0x80])).unsigned()).toThrow(RangeError);
    expect(() => new ByteReader(new Uint8Array([5, 1])).text()).toThrow(RangeError);
  });
});

describe('columns', () => {
  test('come back, whatever they hold', () => {
    fc.assert(
      fc.property(column, (values) => {
        const writer = new ByteWriter();
        writeColumn(writer, values);
        const reader = new ByteReader(writer.finish());
        expect({ back: readColumn(reader, values.length), done: reader.done }).toEqual({ back: values, done: true });
      }),
      { numRuns: 500 },
    );
  });

  test('take no more than they must', () => {
    const bytesOf = (values: (number | null)[]) => {
      const writer = new ByteWriter();
      writeColumn(writer, values);
      return writer.length;
    };
    const times = running(new Array(120).fill(30_000));
    expect({
      empty: bytesOf(new Array(120).fill(null)),
      constant: bytesOf(new Array(120).fill(42)),
      oneChange: bytesOf(new Array(120).fill(5000).fill(5010, 60)),
      clock: bytesOf(times) <= 36,
    }).toEqual({ empty: 1, constant: 2, oneChange: 6, clock: true });
  });

  test('a block opens one column without the others', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.option(whole), { minLength: 7, maxLength: 7 }), { maxLength: 9 }), (columns) => {
        const times = running([1, 2, 3, 4, 5, 6, 7]);
        const block = new PackedBlock(packBlock(times, columns));
        const back = columns.map((_, i) => block.column(columns.length - 1 - i)).reverse();
        expect({ length: block.length, times: block.times(), back }).toEqual({ length: 7, times, back: columns });
      }),
    );
  });

  test('a value beyond all reason is unknown', () => {
    expect(
      [1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, null, 12.345].map((value) => scaled(value, 100)),
    ).toEqual([null, null, null, null, null, 1235]);
  });
});

describe('process lists', () => {
  const share = fc.oneof(fc.constantFrom(null, 0, -0, 0.5, 49.75), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const rate = fc.oneof(fc.constantFrom(null, 0, -0, 4096), fc.nat({ max: 1 << 30 }), fc.double({ noNaN: true }));
  /** What lists that were kept before did not have. */
  const later = fc.record({
    nice: fc.option(fc.integer({ min: -20, max: 19 })),
    read_bytes_per_second: rate,
    write_bytes_per_second: rate,
    cancelled_write_bytes_per_second: rate,
    service: fc.constantFrom(null, 'nginx.service'),
    container: fc.constantFrom(null, '101'),
  });
  const process: fc.Arbitrary<Process> = fc.record({
    pid: fc.integer({ min: 1, max: 8 }),
    start_ticks: fc.integer({ min: 1, max: 2 }),
    started_seconds: fc.option(fc.nat().map((ticks) => ticks / 100)),
    parent_pid: fc.option(fc.nat({ max: 3 })),
    name: fc.constantFrom('sh', '<img src=x onerror=…>\u001b\n', '__proto__', '\ud800'),
    command: fc.constantFrom(null, '', 'sh -c "sleep 1"'),
    user: fc.constantFrom(null, 'root', '1000'),
    state: fc.constantFrom('S', 'R', 'Z', ''),
    cpu_percent: share,
    cpu_host_percent: share,
    memory_bytes: fc.oneof(
      fc.constantFrom(null, 0, 1, 4096),
      fc.nat().map((pages) => pages * 4096),
      fc.maxSafeNat(),
    ),
    threads: fc.option(fc.nat()),
  });
  const anyProcess = fc.oneof(
    process,
    fc.tuple(process, later).map(([one, more]) => ({ ...one, ...more })),
  );
  const processes: fc.Arbitrary<SampleData['processes'] & object> = fc.record({
    count: fc.option(fc.nat()),
    window_seconds: fc.oneof(fc.constantFrom(null, 2, 2.01, 2.0099999999997635), fc.double({ noNaN: true })),
    list: fc.array(anyProcess, { maxLength: 12 }),
  });

  test('come back exactly, in order, and packing can go on after unpacking', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.option(processes), fc.nat({ max: 64 })), { maxLength: 8 }),
        fc.nat(),
        (lists, cut) => {
          const writing = new ProcessPacker();
          const reading = new ProcessPacker();
          const back = lists.map(([list, cores], i) => {
            // Before and after the cut another packer writes, as after a restart.
            const packer = i < cut % 8 ? writing : reading;
            const bytes = packer.pack(list, cores);
            return (packer === writing ? reading : writing).unpack(new ByteReader(bytes));
          });
          expect(back).toEqual(lists.map(([list]) => list));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a list that stays the same takes two bytes a row', () => {
    const list = Array.from({ length: 24 }, (_, i) => row(i));
    const packer = new ProcessPacker();
    packer.pack({ count: 300, window_seconds: 2, list }, 4);
    expect(packer.pack({ count: 300, window_seconds: 2, list }, 4).length).toBeLessThanOrEqual(24 * 2 + 6);
  });

  test('rates are told in few bytes: whole bytes over the window, and no byte while one rests or is unknown', () => {
    const busy = { read_bytes_per_second: 0, write_bytes_per_second: (100 << 20) / 2.01 };
    const more = { nice: 0, cancelled_write_bytes_per_second: 0, service: 'x.service', container: null };
    const list = (rates: object) => ({ count: 3, window_seconds: 2.01, list: [{ ...row(1), ...more, ...rates }] });
    const packer = new ProcessPacker();
    const sizes = [list(busy), list(busy), list({ ...busy, write_bytes_per_second: 0 })].map(
      (one) => packer.pack(one, 4).length,
    );
    expect(sizes.slice(1)).toEqual([13, 7]);
  });

  const row = (pid: number): Process => ({
    ...{
      pid,
      start_ticks: 1,
      started_seconds: null,
      parent_pid: null,
      name: 'sh',
      command: null,
      user: null,
      state: 'S',
    },
    ...{ cpu_percent: 0, cpu_host_percent: 0, memory_bytes: 4096, threads: 1 },
  });

  test('what was packed is still a sample of the contract', () => {
    const packer = new ProcessPacker();
    const bytes = packer.pack({ count: 1, window_seconds: null, list: [row(1)] }, 1);
    const back = new ProcessPacker().unpack(new ByteReader(bytes));
    expect(sampleDataSchema.shape.processes.parse(back)).toEqual({ count: 1, window_seconds: null, list: [row(1)] });
  });
});
