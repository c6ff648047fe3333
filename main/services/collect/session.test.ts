import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Kind } from '../../contract/samples.ts';
import { answering, begin, createFakeHost, ticks } from './session-fixture.ts';

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
    expect(await offsets(0.02)).toEqual([400, 30_750, 60_750]);
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

  test('what is asked rarely can be asked at once, and then goes on as before', async () => {
    const host = createFakeHost(answering(() => true));
    const session = await begin(host).started;
    await vi.advanceTimersByTimeAsync(1000);
    const before = ticks(host.programs[0])?.length as number;
    session.askNow();
    expect(ticks(host.programs[0])?.slice(before)).toEqual([`tick ${before + 1} medium 0`]);
    await vi.advanceTimersByTimeAsync(299_000);
    expect(ticks(host.programs[0])?.filter((line) => line.includes(' medium '))).toHaveLength(3);
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
    expect(session.slowdown()).toBe(2);
    const before = ticks(host.programs[0])?.length as number;
    await vi.advanceTimersByTimeAsync(40_000);
    expect((ticks(host.programs[0])?.length as number) - before).toBe(10);
    session.close();
  });
});
