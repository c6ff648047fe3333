import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { begin, createFakeHost, type FakeProgram } from './session-fixture.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
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
