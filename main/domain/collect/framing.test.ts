import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectors } from './collectors/index.ts';
import { createFraming, type FrameEvent } from './framing.ts';

const boundary = 'b0undaryb0undaryb0undary';

function feed(chunks: readonly Uint8Array[]): FrameEvent[] {
  const framing = createFraming(boundary, collectors);
  return chunks.flatMap((chunk) => framing.feed(chunk, 7));
}

function stream(body: Uint8Array | string): Uint8Array {
  return Buffer.concat([
    Buffer.from(`Welcome to ${boundary.slice(0, 9)}\n\n${boundary} ready mawk\n`),
    Buffer.from(`${boundary} run 1 filesystems.df\n`),
    Buffer.from(`${boundary} record 1 medium filesystems.df\n`),
    Buffer.from(body),
    Buffer.from(`\n${boundary} err\noops\n\n${boundary} end 3 12 -\n`),
    Buffer.from(`${boundary} record 2 fast processes.cmdline 42\nsh\0-c\0\n${boundary} end 0 0 -\n`),
    Buffer.from(`${boundary} done 1 medium\n`),
  ]);
}

/** Noise comes in pieces wherever chunks are cut; only its bytes matter. */
function joined(events: readonly FrameEvent[]): unknown {
  const noise = events.flatMap((event) => (event.type === 'noise' ? [...event.bytes] : []));
  return { noise, rest: events.filter((event) => event.type !== 'noise') };
}

test('takes a stream apart', () => {
  expect(joined(feed([stream('table\n')]))).toEqual({
    noise: [...Buffer.from(`Welcome to ${boundary.slice(0, 9)}\n\n`)],
    rest: [
      { type: 'ready', awk: 'mawk' },
      { type: 'run', seq: 1, runId: '1:filesystems.df', commandId: 'filesystems.df', deadlineSeconds: 10 },
      {
        type: 'record',
        seq: 1,
        kind: 'medium',
        record: {
          command: 'df -P -k -l 2>/dev/null || df -P -k',
          endedAt: 7,
          exit: 3,
          error: null,
          durationMs: 12,
          stdout: new Uint8Array(Buffer.from('table\n')),
          stderr: new Uint8Array(Buffer.from('oops\n')),
          truncated: false,
          timedOut: false,
        },
      },
      { type: 'ran', seq: 1, runId: '1:filesystems.df' },
      {
        type: 'record',
        seq: 2,
        kind: 'fast',
        record: {
          command: 'head -c 4096 /proc/42/cmdline',
          endedAt: 7,
          exit: 0,
          error: null,
          durationMs: 0,
          stdout: new Uint8Array(Buffer.from('sh\0-c\0')),
          stderr: new Uint8Array(),
          truncated: false,
          timedOut: false,
        },
      },
      { type: 'done', seq: 1, kind: 'medium' },
    ],
  });
});

test('gives the same for any chunking, whatever was printed', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom('\n', boundary, `\n${boundary}`, `${boundary}x`, `\n${boundary.slice(0, 5)}`)
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.array(fc.nat(600), { maxLength: 20 }), (pieces, cuts) => {
      const whole = stream(Buffer.concat(pieces));
      const edges = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
      const chunks = edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge));
      expect(joined(feed(chunks))).toEqual(joined(feed([whole])));
    }),
    { numRuns: 300 },
  );
});

describe('holds its limits', () => {
  const chunk = new Uint8Array(1 << 20).fill(120);

  test('against 100 MB of noise', () => {
    const framing = createFraming(boundary, collectors);
    let noise = 0;
    for (let i = 0; i < 100; i += 1) {
      for (const event of framing.feed(chunk, 0)) noise += event.type === 'noise' ? event.bytes.length : 0;
    }
    expect(noise).toBe(4096);
  });

  test.each(['', '\n'])('against 100 MB in one record (lines ending in %j)', (end) => {
    const framing = createFraming(boundary, collectors);
    framing.feed(Buffer.from(`${boundary} record 1 medium filesystems.df\n`), 0);
    const lines = end === '' ? chunk : Buffer.from(`${'x'.repeat(63)}\n`.repeat(16384));
    for (let i = 0; i < 100; i += 1) expect(framing.feed(lines, 0)).toEqual([]);
    const [event] = framing.feed(Buffer.from(`\n${boundary} end 0 5 -\n`), 0);
    expect(event).toMatchObject({ type: 'record', record: { truncated: true, exit: 0 } });
    expect(event?.type === 'record' && event.record.stdout.length).toBe(256 * 1024);
  });

  test.each([
    ['cpu.stat', 256 * 1024],
    ['processes.stat', 32 * 1024],
    ['processes.cmdline 42', 4096],
  ])('each command has its own: %s', (id, most) => {
    const framing = createFraming(boundary, collectors);
    framing.feed(Buffer.from(`${boundary} record 1 fast ${id}\n`), 0);
    framing.feed(chunk, 0);
    const [event] = framing.feed(Buffer.from(`\n${boundary} end 0 5 -\n`), 0);
    expect(event?.type === 'record' && [event.record.stdout.length, event.record.truncated]).toEqual([most, true]);
  });

  test('against a frame without an end', () => {
    const framing = createFraming(boundary, collectors);
    framing.feed(Buffer.from(`${boundary} `), 0);
    for (let i = 0; i < 10; i += 1) expect(framing.feed(chunk, 0)).toEqual([]);
    expect(framing.feed(Buffer.from('\n'), 0)).toEqual([
      { type: 'broken', reason: 'The host sent a frame that is too long.' },
    ]);
  });
});

test.each([
  'record x fast cpu.stat',
  'record 1 often cpu.stat',
  'record 1 fast nothing',
  'record 1 medium cpu.stat',
  'record 1 fast processes.cmdline $(reboot)',
  'record 1 fast processes.cmdline  42',
  'run 1 cpu.stat',
  'end 0 0 -',
  'done 1 never',
  'hello',
])('calls made-up frames broken: %s', (line) => {
  expect(feed([Buffer.from(`${boundary} ${line}\n`)])).toEqual([
    { type: 'broken', reason: `The host sent a frame that makes no sense: ${line}` },
  ]);
});

test('words of the host are cut', () => {
  const words = 'x'.repeat(3000);
  const events = feed([
    Buffer.from(`${boundary} record 1 medium filesystems.df\n\n${boundary} end none 0 - ${words}\n`),
    Buffer.from(`${boundary} broken ${words}\n${boundary} ${words}\n${boundary} ready ${words}\n`),
  ]);
  expect(
    events.map((event) => {
      if (event.type === 'record') return event.record.error?.length;
      return event.type === 'broken' ? event.reason.length : event.type === 'ready' ? event.awk.length : event.type;
    }),
  ).toEqual([120, 'ran', 120, 120, 40]);
});

test('no record names more processes than are printed', () => {
  const pids = Array.from({ length: 65 }, (_, index) => index).join(' ');
  const asked = (argument: string) => feed([Buffer.from(`${boundary} record 1 fast processes.status ${argument}\n`)]);
  expect(asked(pids.slice(0, -3))).toEqual([]);
  expect(asked(pids)).toMatchObject([{ type: 'broken' }]);
});

test('drops a record that another one cuts off', () => {
  const events = feed([
    Buffer.from(
      `${boundary} record 1 fast cpu.stat\ncpu 1\n\n${boundary} lost\n${boundary} record 2 fast load.loadavg\nx\n`,
    ),
    Buffer.from(`\n${boundary} end 0 0 t\n`),
  ]);
  expect(events.map((event) => (event.type === 'record' ? [event.seq, event.record.truncated] : event.type))).toEqual([
    'lost',
    [2, true],
  ]);
});
