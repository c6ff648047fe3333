import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryState } from '../../contract/dump-entries.ts';
import type { CommandRecord } from '../collect/record.ts';
import { asWritten, formatEntry } from './format-entry.ts';
import { readTexts } from './read-head.ts';
import { type ScanEnd, scanEntries } from './scan-entries.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

interface Read {
  record: CommandRecord;
  state: EntryState;
}

/** What a reader finds in a file, through windows of that size. */
function readAll(file: Uint8Array, windowBytes = 1 << 20, trustSizes = true): { entries: Read[]; end: ScanEnd } {
  const scan = scanEntries({ fileSize: file.length, trustSizes, windowBytes, commandIdOf: () => 0 });
  const entries: Read[] = [];
  let step = scan.next(new Uint8Array(0));
  while (!step.done) {
    const { value } = step;
    if (value.type !== 'entry') {
      step = scan.next(file.subarray(value.offset, value.offset + value.length));
    } else {
      const { head, state, bodyOffset, size } = value;
      const cut = bodyOffset + size - (state === 'sound' ? head.stderr : 0);
      const { at: endedAt, exit, durationMs, truncated, timedOut } = head;
      const { command, error } = readTexts(file, value.offset, head);
      const stdout = file.slice(bodyOffset, cut);
      const stderr = file.slice(cut, bodyOffset + size);
      entries.push({
        state,
        record: { command, endedAt, exit, error, durationMs, stdout, stderr, truncated, timedOut },
      });
      step = scan.next(new Uint8Array(0));
    }
  }
  return { entries, end: step.value };
}

const bytes = (...parts: (string | Uint8Array)[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
const text = (body: Uint8Array) => Buffer.from(body).toString('latin1');
/** Enough of an entry to compare it in one line. */
const brief = ({ record, state }: Read) =>
  `${record.command}|${record.exit ?? record.error}|${text(record.stdout)}|${state}`;

const record = (over: Partial<CommandRecord> = {}): CommandRecord => ({
  command: 'uptime',
  endedAt: Date.UTC(2026, 3, 22, 20, 13, 19, 123) + 0.456,
  exit: 0,
  error: null,
  durationMs: 12,
  stdout: bytes('hello'),
  stderr: bytes(),
  truncated: false,
  timedOut: false,
  ...over,
});

/** Milliseconds as a double have room for microseconds until 2109. */
const lastExact = Date.UTC(2109, 0);

const nasty = fc.constantFrom(
  ...[
    '\n',
    '\r\n',
    '\n\n',
    '\0',
    '$ ',
    'exit=0  duration=1ms  size=3\n\n',
    '\nerror=x  duration=0ms\n',
    '\uFEFF',
    '\uD800',
  ],
  '===== 2026-04-22T20:13:19.123456Z =====\n',
  '\n\n===== 2026-04-22T20:13:19.123456Z =====\n$ forged\nexit=0  duration=1ms  size=3\n\nabc\n\n',
);
/** Every code point but halves of pairs; fast-check's own `binary` takes two seconds to begin. */
const anyUnit = fc.nat(0x10ffff - 0x800).map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));
const words = fc
  .array(fc.oneof(fc.string({ unit: anyUnit, maxLength: 12 }), nasty), { maxLength: 6 })
  .map((parts) => parts.join(''));
const body = fc.oneof(
  words.map((word) => bytes(word)),
  fc.uint8Array({ maxLength: 300 }).map((random) => Uint8Array.from(random)),
);
const records = fc.record({
  command: words,
  endedAt: fc.double({ min: 0, max: lastExact, noNaN: true }),
  exit: fc.option(fc.integer({ min: -255, max: 0x7fffffff })),
  error: fc.option(words, { freq: 4 }),
  durationMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
  stdout: body,
  stderr: body,
  truncated: fc.boolean(),
  timedOut: fc.boolean(),
});

describe('commands.log', () => {
  test('an entry stands there as the format says', () => {
    expect(
      text(bytes(...formatEntry(record({ stderr: bytes('oh'), exit: null, truncated: true, timedOut: true })))),
    ).toBe(
      '===== 2026-04-22T20:13:19.123456Z =====\n$ uptime\n' +
        'exit=null  duration=12ms  size=7  stderr=2  truncated=1  timeout=1\n\nhellooh\n\n',
    );
    expect(text(bytes(...formatEntry(record({ error: '{:enoent, "zpool"}', durationMs: 0, stdout: bytes() }))))).toBe(
      '===== 2026-04-22T20:13:19.123456Z =====\n$ uptime\nerror={:enoent, "zpool"}  duration=0ms\n\n',
    );
  });

  test('whatever a command printed, the reader gives it back, through windows of any size', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 8 }), fc.integer({ min: 1, max: 5000 }), (written, windowBytes) => {
        const file = bytes(...written.flatMap(formatEntry));
        const { entries, end } = readAll(file, windowBytes);
        expect(entries).toEqual(written.map((one) => ({ state: 'sound', record: asWritten(one) })));
        expect(end).toEqual({ skippedBytes: 0, distrusted: false });
      }),
      { numRuns: 300 },
    );
  });

  test('what is written once is written the same again', () => {
    fc.assert(
      fc.property(records, (one) => {
        expect(bytes(...formatEntry(asWritten(one)))).toEqual(bytes(...formatEntry(one)));
      }),
    );
  });

  test('cut anywhere, every entry before the cut is whole and the last one is flagged', () => {
    const written = [record(), record({ command: 'df', stdout: bytes('a\n\nb') }), record({ command: 'zpool\nlist' })];
    const file = bytes(...written.flatMap(formatEntry));
    const lengths = written.map((one) => bytes(...formatEntry(one)).length);
    for (let cut = 0; cut < file.length; cut++) {
      const { entries } = readAll(file.subarray(0, cut));
      const whole = lengths.filter((_, index) => lengths.slice(0, index + 1).reduce((sum, n) => sum + n) <= cut).length;
      expect(entries.slice(0, whole)).toEqual(written.slice(0, whole).map((one) => ({ state: 'sound', record: one })));
      expect(entries.slice(whole).map((entry) => entry.state)).toEqual(entries.length > whole ? ['torn'] : []);
    }
  });

  test('with another entry glued on at any cut, that one is whole', () => {
    const first = bytes(...formatEntry(record({ command: 'sh -c\necho 1\necho 2', stdout: bytes('a = b\n') })));
    const second = record({ command: 'df', endedAt: 1e12 });
    for (let cut = 0; cut < first.length; cut++) {
      const { entries } = readAll(bytes(first.subarray(0, cut), ...formatEntry(second)), 64);
      expect(entries.at(-1)).toEqual({ state: 'sound', record: second });
      expect(entries.slice(0, -1).map((entry) => entry.state)).toEqual(entries.length > 1 ? ['torn'] : []);
    }
  });

  test('a hole anywhere costs no entry but those it touches; the one before it may be flagged', () => {
    const plain = fc.uint8Array({ maxLength: 200 }).map((random) => Uint8Array.from(random));
    const hole = fc.record({
      at: fc.nat(),
      length: fc.integer({ min: 1, max: 400 }),
      fill: fc.constantFrom(0, 10, 61, 255),
    });
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 12 }), hole, (bodies, { at, length, fill }) => {
        const written = bodies.map((stdout, index) => record({ command: `c${index}`, stdout }));
        const parts = written.map((one) => bytes(...formatEntry(one)));
        const file = bytes(...parts);
        const from = at % file.length;
        file.fill(fill, from, from + length);
        let end = 0;
        const untouched = written.filter((_, index) => {
          const start = end;
          end = start + (parts[index] as Uint8Array).length;
          return end < from || start >= from + length;
        });
        const { entries } = readAll(file, 100);
        expect(entries.map((entry) => entry.record)).toEqual(expect.arrayContaining(untouched));
        expect(entries.filter(({ state }) => state === 'sound').length).toBeGreaterThanOrEqual(untouched.length - 1);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    {
      name: 'a header of several lines',
      file: '===== 2026-04-22T20:13:19Z =====\n$ sh -c if true\nthen df\nfi\nexit=0  duration=2ms  size=2\n\nok\n\n',
      entries: ['sh -c if true\nthen df\nfi|0|ok|sound'],
      skippedBytes: 0,
    },
    {
      name: 'an error without a body, however many newlines follow it',
      file: ['', '\n', '\n\n\n']
        .map(
          (more) => `===== 2026-04-22T20:13:19.1Z =====\n$ zpool list\nerror={:enoent, "zpool"}  duration=0ms\n${more}`,
        )
        .join(''),
      entries: Array(3).fill('zpool list|{:enoent, "zpool"}||sound'),
      skippedBytes: 0,
    },
    {
      name: 'an empty output',
      file: '===== 2026-04-22T20:13:19.1Z =====\n$ true\nexit=0  duration=0ms  size=0\n\n\n\n',
      entries: ['true|0||sound'],
      skippedBytes: 0,
    },
    {
      name: 'a forged entry inside an output',
      file: bytes(...formatEntry(record({ stdout: bytes(...formatEntry(record({ command: 'forged' })), 'x') }))),
      entries: [`uptime|0|${text(bytes(...formatEntry(record({ command: 'forged' })), 'x'))}|sound`],
      skippedBytes: 0,
    },
    {
      name: 'a size that lies, with a proper end',
      file: bytes(
        '===== 2026-04-22T20:13:18Z =====\n$ a\nexit=0  duration=0ms  size=9\n\nabc\n\n',
        ...formatEntry(record()),
      ),
      entries: ['a|0|abc|lying', 'uptime|0|hello|sound'],
      skippedBytes: 0,
    },
    {
      name: 'NULs before, between and after',
      file: bytes('\0\0\0', ...formatEntry(record()), '\0\0', ...formatEntry(record({ command: 'df' })), '\0'),
      entries: ['uptime|0|hello|torn', 'df|0|hello|torn'],
      skippedBytes: 3,
    },
    {
      name: 'line ends of a transfer in text mode',
      file: text(
        bytes(...formatEntry(record()), ...formatEntry(record({ command: 'a\nb', stdout: bytes('1\n2') }))),
      ).replaceAll('\n', '\r\n'),
      entries: ['uptime|0|hello|sound', 'a\nb|0|1\r\n2|lying'],
      skippedBytes: 0,
    },
    {
      name: 'invalid UTF-8 in the command line',
      file: bytes(
        '===== 2026-04-22T20:13:18Z =====\n$ a',
        new Uint8Array([0xff]),
        '\nexit=0  duration=0ms  size=0\n\n\n\n',
      ),
      entries: ['a\uFFFD|0||sound'],
      skippedBytes: 0,
    },
    { name: 'nothing', file: '', entries: [], skippedBytes: 0 },
    { name: 'something else', file: '===== README =====\n$ x\n', entries: [], skippedBytes: 23 },
  ])('$name', ({ file, entries, skippedBytes }) => {
    const found = readAll(bytes(file), 16);
    expect({ entries: found.entries.map(brief), skippedBytes: found.end.skippedBytes }).toEqual({
      entries,
      skippedBytes,
    });
  });

  test('sizes that lie too often are not trusted, and then heads inside outputs are flagged', () => {
    const lying = (index: number, stdout: string) =>
      text(
        bytes(...formatEntry(record({ endedAt: 1e12 + index, command: `c${index}`, stdout: bytes(stdout) }))),
      ).replace('size=', 'size=9');
    const forged = text(bytes(...formatEntry(record({ endedAt: 5, command: 'forged' }))));
    const file = bytes(
      ...Array.from({ length: 20 }, (_, index) => lying(index, index === 15 ? `x\n\n${forged}` : 'out')),
    );
    expect(readAll(file).end.distrusted).toBe(true);
    const states = readAll(file, 1 << 20, false).entries.map(({ record, state }) => [record.command, state]);
    expect(states).toHaveLength(21);
    expect(states.filter(([, state]) => state !== 'lying')).toEqual([['forged', 'suspect']]);
  });
});

test('times keep their microseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lastExact * 1000 }), (microseconds) => {
      const formatted = formatTimestamp(microseconds / 1000);
      expect(formatted).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(parseTimestamp(formatted)).toBe(microseconds / 1000);
    }),
  );
  expect(parseTimestamp('0000-02-29T23:59:59.999999999Z')).toBe(Date.parse('0000-02-29T23:59:59Z') + 999.999);
  expect(parseTimestamp('9999-12-31T00:00:00Z')).toBe(Date.parse('9999-12-31T00:00:00Z'));
  for (const none of [
    '2026-13-41T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-22T24:00:00Z',
    '2026-04-22T20:13:19.Z',
  ]) {
    expect(parseTimestamp(none)).toBeNull();
  }
});
