import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../contract/faults.ts';
import type { Kind } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import { type Session, type SessionOptions, startSession } from './session.ts';

const collectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'One file.',
    commands: [{ type: 'read', id: 'load', when: 'always', path: '/proc/loadavg', keep: null }],
    awk: null,
    parse: (round) => ({ status: 'absent', reason: `${round.records('load').length} records` }),
  },
  {
    id: 'filesystems',
    kind: 'medium',
    about: 'One forked command.',
    commands: [{ type: 'run', id: 'df', when: 'always', line: 'df -P', deadlineSeconds: 20, maxBytes: 1000 }],
    awk: null,
    parse: (round) => ({ status: 'failed', reason: round.records('df')[0]?.error ?? 'nothing' }),
  },
];

/** One program on a host that does what the test says. */
interface FakeProgram {
  script: string;
  /** What was written after the script. */
  lines: string[];
  say(text: string | Uint8Array): void;
  complain(text: string): void;
  end(exit: number | null): void;
  /** Frames of a whole round; `body` between its two ends. */
  round(seq: number, kind: Kind, body?: string): void;
  frame(text: string): void;
  closed: boolean;
}

function createFakeHost(onLine: (program: FakeProgram, line: string, index: number) => void) {
  const programs: FakeProgram[] = [];
  const transport: Transport = {
    by: 'a test',
    start: async (): Promise<Channel> => {
      const data: ((chunk: Uint8Array) => void)[] = [];
      const errors: ((chunk: Uint8Array) => void)[] = [];
      const closes: ((exit: number | null) => void)[] = [];
      const index = programs.length;
      const boundary = () => /boundary=([0-9a-f]{16})\n/.exec(program.script)?.[1];
      const program: FakeProgram = {
        script: '',
        lines: [],
        closed: false,
        say: (text) => {
          const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
          for (const listener of data) listener(bytes);
        },
        complain: (text) => {
          for (const listener of errors) listener(new TextEncoder().encode(text));
        },
        end: (exit) => {
          for (const listener of closes.splice(0)) listener(exit);
        },
        frame: (text) => program.say(`${boundary()} ${text}\n`),
        round: (seq, kind, body = '') => {
          const uptime = '100.00 1.00\n';
          program.frame(`record ${seq} ${kind} round.begin\n${uptime}\n${boundary()} end 0 0 -`);
          if (body !== '') program.say(body.replaceAll('@', boundary() as string));
          program.frame(`record ${seq} ${kind} round.end\n${uptime}\n${boundary()} end 0 0 -`);
          program.frame(`done ${seq} ${kind}`);
        },
      };
      programs.push(program);
      return {
        write: (text) => {
          if (program.script === '') program.script = text;
          else program.lines.push(text.trim());
          onLine(program, program.lines.at(-1) ?? 'script', index);
        },
        onData: (listener) => data.push(listener),
        onError: (listener) => errors.push(listener),
        onClose: (listener) => closes.push(listener),
        close: () => {
          program.closed = true;
          program.end(null);
        },
      };
    },
    run: () => Promise.reject(new Error('not used')),
    onClose: () => undefined,
    close: () => undefined,
  };
  return { transport, programs };
}

/** Ready at once, and answers every tick that the filter lets through. */
function answering(answers: (kind: Kind, seq: number, index: number) => boolean = () => true) {
  return (program: FakeProgram, line: string, index: number) => {
    if (line === 'script') return program.frame('ready mawk');
    const [what, seq, kind] = line.split(' ') as [string, string, Kind];
    if (what === 'tick' && answers(kind, Number(seq), index)) program.round(Number(seq), kind);
  };
}

function begin(host: ReturnType<typeof createFakeHost>, over: Partial<SessionOptions> = {}) {
  const seen = { records: [] as string[], samples: [] as string[], ends: [] as (Fault | null)[] };
  const started = startSession({
    transport: host.transport,
    signal: new AbortController().signal,
    collectors,
    random: () => 0,
    onRecord: (record) => seen.records.push(record.error ?? record.command),
    onSample: ({ kind, data }) => seen.samples.push(`${kind} ${Object.values(data.problems)[0]?.reason}`),
    onEnd: (fault) => seen.ends.push(fault),
    ...over,
  });
  started.catch(() => undefined);
  return { seen, started };
}

const ticks = (program: FakeProgram | undefined) => program?.lines.filter((line) => line.startsWith('tick'));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('cadence', () => {
  test('all kinds at once with first, a second fast round after 400 ms, then a fixed grid', async () => {
    const host = createFakeHost(answering());
    const { started, seen } = begin(host);
    const session = await started;
    expect(ticks(host.programs[0])).toEqual(['tick 1 fast 1', 'tick 2 medium 1']);
    await vi.advanceTimersByTimeAsync(399);
    expect(ticks(host.programs[0])).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(ticks(host.programs[0])?.at(-1)).toBe('tick 3 fast 0');
    session.setFastSeconds(2);
    await vi.advanceTimersByTimeAsync(1600);
    expect(ticks(host.programs[0])).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ticks(host.programs[0])).toHaveLength(14);
    session.setFastSeconds(30);
    await vi.advanceTimersByTimeAsync(300_000 - 22_000);
    expect(ticks(host.programs[0])?.filter((line) => line.includes('medium'))).toHaveLength(2);
    expect(seen.samples.slice(0, 3)).toEqual(['fast 0 records', 'medium nothing', 'fast 0 records']);
    session.close();
    expect(seen.ends).toEqual([null]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a timer that fires a little early does not ask for the same instant twice', async () => {
    const host = createFakeHost(answering());
    // Timers count whole milliseconds from a clock that was cut to them: real time is up to one ahead of theirs.
    const started = Date.now();
    let fraction = 0.9;
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - started + fraction);
    const session = await begin(host).started;
    session.setFastSeconds(5);
    await vi.advanceTimersByTimeAsync(400);
    fraction = 0;
    await vi.advanceTimersByTimeAsync(5000);
    expect(ticks(host.programs[0])?.slice(2)).toEqual(['tick 3 fast 0', 'tick 4 fast 0']);
    session.close();
  });

  test('every host has a grid of its own, which begins no sooner than two rounds may follow each other', async () => {
    const offsets = async (random: number) => {
      const begun = Date.now();
      const asked: number[] = [];
      const host = createFakeHost((program, line, index) => {
        if (line.includes('fast 0')) asked.push(Date.now() - begun);
        answering()(program, line, index);
      });
      const session = await begin(host, { random: () => random }).started;
      await vi.advanceTimersByTimeAsync(61_000);
      session.close();
      return asked;
    };
    expect(await offsets(0)).toEqual([400, 30_000, 60_000]);
    expect(await offsets(0.5)).toEqual([400, 15_000, 45_000]);
    expect(await offsets(0.02)).toEqual([400, 30_600, 60_600]);
  });

  test('one round of a kind at a time; a dump begins with both kinds at once', async () => {
    let held: number | null = null;
    const host = createFakeHost(
      answering((kind, seq) => {
        if (kind === 'fast' && seq === 3) held = seq;
        return held !== seq;
      }),
    );
    const session = await begin(host).started;
    session.setFastSeconds(2);
    await vi.advanceTimersByTimeAsync(6000);
    session.requestFirst();
    expect(ticks(host.programs[0])).toEqual(['tick 1 fast 1', 'tick 2 medium 1', 'tick 3 fast 0', 'tick 4 medium 1']);
    host.programs[0]?.round(3, 'fast');
    expect(ticks(host.programs[0])?.at(-1)).toBe('tick 5 fast 1');
    session.close();
  });

  test('a host whose rounds cost too much runs slower, and says so', async () => {
    const host = createFakeHost((program, line) => {
      if (line === 'script') return program.frame('ready mawk');
      const [, seq, kind] = line.split(' ') as [string, string, Kind];
      setTimeout(() => program.round(Number(seq), kind), 800);
    });
    const session = await begin(host).started;
    session.setFastSeconds(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.slowdown).toBe(2);
    const before = ticks(host.programs[0])?.length as number;
    await vi.advanceTimersByTimeAsync(40_000);
    expect((ticks(host.programs[0])?.length as number) - before).toBe(10);
    session.close();
  });
});

describe('a program that does not start', () => {
  test.each([
    {
      name: 'silence',
      act: () => undefined,
      fault: { code: 'timeout', message: "The host's shell did not run our program within 15 s. It said nothing." },
    },
    {
      name: 'a menu instead of a shell, with colours',
      act: (program: FakeProgram) => program.say('\u001b[1mWelcome\u001b[0m to\n\u0000pfSense\u0007: choose 1-9'),
      fault: {
        code: 'timeout',
        message: "The host's shell did not run our program within 15 s. It said: Welcome to pfSense : choose 1-9",
      },
    },
    {
      name: 'a shell that is not POSIX',
      act: (program: FakeProgram) => {
        program.complain("fish: Unknown command '{'\n");
        program.end(127);
      },
      fault: {
        code: 'bad_output',
        message:
          "The host's shell ended with exit 127 instead of running our program: a POSIX sh is needed. It said: fish: Unknown command '{'",
      },
    },
    {
      name: 'no awk',
      act: (program: FakeProgram) => program.frame('broken There is no awk on this host.'),
      fault: { code: 'bad_output', message: 'There is no awk on this host.' },
    },
    {
      name: 'a link that breaks',
      act: (program: FakeProgram) => program.end(null),
      fault: { code: 'disconnected', message: 'The connection to the host ended. It said nothing.' },
    },
    {
      name: '100 MB of noise',
      act: (program: FakeProgram) => {
        const noise = new Uint8Array(1 << 20).fill(0x41);
        for (let index = 0; index < 100; index++) program.say(noise);
      },
      fault: {
        code: 'timeout',
        message: `The host's shell did not run our program within 15 s. It said: ${'A'.repeat(200)}…`,
      },
    },
  ])('$name', async ({ act, fault }) => {
    const host = createFakeHost((program, line) => line === 'script' && queueMicrotask(() => act(program)));
    const { started, seen } = begin(host);
    const outcome = started.catch((error) => error.fault);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await outcome).toEqual({ ...fault, step: 'program' });
    expect({ ends: seen.ends, closed: host.programs[0]?.closed, timers: vi.getTimerCount() }).toEqual({
      ends: [],
      closed: true,
      timers: 0,
    });
  });

  test('an abort while it starts', async () => {
    const abort = new AbortController();
    const host = createFakeHost(() => undefined);
    const { started } = begin(host, { signal: abort.signal });
    await vi.advanceTimersByTimeAsync(100);
    abort.abort();
    await expect(started).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect({ closed: host.programs[0]?.closed, timers: vi.getTimerCount() }).toEqual({ closed: true, timers: 0 });
  });
});

describe('trouble later', () => {
  async function live(onLine: Parameters<typeof createFakeHost>[0], over: Partial<SessionOptions> = {}) {
    const host = createFakeHost(onLine);
    const { seen, started } = begin(host, over);
    return { host, seen, session: (await started) as Session };
  }

  test('a motd and noise around the frames do no harm', async () => {
    const { session, seen } = await live((program, line) => {
      program.say('motd\n');
      answering()(program, line, 0);
      program.say('\n');
    });
    expect(seen.samples).toEqual(['fast 0 records', 'medium nothing']);
    session.close();
  });

  test('the program ends: the last words are in the sentence', async () => {
    const { host, seen } = await live(answering());
    host.programs[0]?.complain('Killed\n');
    host.programs[0]?.end(137);
    expect(seen.ends).toEqual([
      { code: 'disconnected', step: 'program', message: 'Our program ended with exit 137. It said: Killed' },
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a forked command is ended at its deadline', async () => {
    const { host, session } = await live((program, line) => {
      if (line.includes('medium')) program.frame('run 2 df');
      else answering()(program, line, 0);
    });
    await vi.advanceTimersByTimeAsync(19_999);
    expect(host.programs[0]?.lines).not.toContain('drop 2:df');
    await vi.advanceTimersByTimeAsync(1);
    expect(host.programs[0]?.lines).toContain('drop 2:df');
    session.close();
  });

  test('silence in a round: once the program is restarted without the command that hung, which is reported', async () => {
    const { host, session, seen } = await live((program, line, index) => {
      if (index === 0 && line.includes('medium')) program.frame('run 2 df');
      else answering()(program, line, index);
    });
    await vi.advanceTimersByTimeAsync(25_000);
    expect({ programs: host.programs.length, closed: host.programs[0]?.closed }).toEqual({ programs: 2, closed: true });
    expect(host.programs[0]?.script).toContain('df -P');
    expect(host.programs[1]?.script).not.toContain('df -P');
    const reason = 'It hung and stopped everything, so it is left out until the next connection.';
    expect(seen.samples.filter((sample) => sample.startsWith('medium'))).toEqual([`medium ${reason}`]);
    expect({ reported: seen.records.includes(reason), ends: seen.ends }).toEqual({ reported: true, ends: [] });
    session.close();
  });

  test('silence for a second time ends the session', async () => {
    const { host, seen } = await live(answering((kind) => kind !== 'fast'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect({ programs: host.programs.length, ends: seen.ends }).toEqual({
      programs: 2,
      ends: [{ code: 'timeout', step: 'program', message: 'The host stopped to answer in the middle of a round.' }],
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('output cut in the middle of a record counts as silence, and the next program is understood', async () => {
    const { session, seen, host } = await live((program, line, index) => {
      if (index === 0 && line.startsWith('tick')) program.frame('record 1 fast load\n0.1 0.2');
      else answering()(program, line, index);
    });
    await vi.advanceTimersByTimeAsync(15_000);
    expect({ programs: host.programs.length, samples: seen.samples.slice(0, 1) }).toEqual({
      programs: 2,
      samples: ['fast 0 records'],
    });
    session.close();
  });

  test('records that nobody asked for go nowhere', async () => {
    const { host, session, seen } = await live(answering());
    const before = seen.records.length;
    host.programs[0]?.round(77, 'fast');
    expect(seen.records).toHaveLength(before);
    session.close();
  });

  test('a flood of records ends the session, and what is still in the chunk is dropped', async () => {
    const { seen } = await live((program, line) => {
      if (line === 'script') return program.frame('ready mawk');
      if (line === 'tick 1 fast 1') program.round(1, 'fast', '@ record 1 fast load\n1\n@ end 0 0 -\n'.repeat(20_000));
    });
    expect(seen.ends).toMatchObject([{ code: 'bad_output', message: 'The host printed more than a round can hold.' }]);
    expect(seen.records.length).toBeLessThanOrEqual(5000);
  });

  test('a fault in what takes the samples ends this session only', async () => {
    const { seen } = await live(answering(), {
      onSample: () => {
        throw new Error('boom');
      },
    });
    expect(seen.ends).toMatchObject([{ code: 'internal', message: expect.stringContaining('boom') }]);
  });

  test('rounds that the program lost are asked again', async () => {
    const { host, session } = await live((program, line) => {
      if (line === 'script') program.frame('ready mawk');
      else if (program.lines.length === 2) program.frame('lost');
      else if (program.lines.length > 2) answering()(program, line, 0);
    });
    session.setFastSeconds(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(ticks(host.programs[0])?.slice(0, 4)).toEqual([
      'tick 1 fast 1',
      'tick 2 medium 1',
      'tick 3 fast 1',
      'tick 4 medium 1',
    ]);
    session.close();
  });
});
