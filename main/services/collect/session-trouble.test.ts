import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Session, SessionOptions } from './session.ts';
import { answering, begin, createFakeHost, ticks } from './session-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
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

  const begun = '@ record 1 fast round.begin\n100.00 1.00\n@ end 0 0 -\n';
  const read = '@ record 1 fast load\n1\n@ end 0 0 -\n';
  const ended = '@ record 1 fast round.end\n100.00 1.00\n@ end 0 0 -\n';
  test.each([
    ['many rounds for one tick', (begun + ended).repeat(19), ['fast 0 records']],
    ['a second beginning', begun + read + begun + ended, []],
    ['a second end', begun + read + ended + ended, ['fast 1 records']],
    ['a reading after the end', begun + ended + read, ['fast 0 records']],
    ['a reading before the beginning', read + begun + ended, []],
    ['a reading of another kind', begun + read.replace('fast', 'medium') + ended, []],
  ])('%s ends the session', async (_, frames, samples) => {
    const { seen } = await live((program, line) => {
      if (line === 'script') return program.frame('ready mawk');
      if (line === 'tick 1 fast 1') program.say(program.framed(frames));
    });
    expect({ samples: seen.samples, ends: seen.ends.map((fault) => fault?.code) }).toEqual({
      samples,
      ends: ['bad_output'],
    });
  });

  test('what comes after the last frame of a round goes nowhere', async () => {
    const { session, seen } = await live((program, line) => {
      answering()(program, line, 0);
      if (line === 'tick 1 fast 1') program.say(program.framed(begun + read + ended));
    });
    expect(seen).toMatchObject({ samples: ['fast 0 records', 'medium nothing'], ends: [] });
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
