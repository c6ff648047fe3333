import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { processesWith } from '../../../e2e/lab/processes-with.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { createLocalConnect } from './create-local-connect.ts';

const never = new AbortController().signal;
const prompts = { onStep: () => undefined, ask: () => Promise.reject(new Error('nobody is asked')) };
const limits = { deadlineMs: 10_000, maxBytes: 1 << 20, signal: never };

async function withTransport(use: (transport: Transport) => Promise<void>): Promise<void> {
  const transport = await createLocalConnect()(prompts, never);
  try {
    await use(transport);
  } finally {
    transport.close();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes in buffers that somebody still holds. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

/** A number of seconds to sleep that no other process on this machine sleeps. */
let marks = 0;
const mark = () => `9${process.pid}.${++marks}`;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('run', () => {
  test('keeps both outputs apart, and the exit code', () =>
    withTransport(async (transport) => {
      const { durationMs, ...result } = await transport.run('printf out; printf err >&2; exit 3', limits);
      expect({ ...result, stdout: text(result.stdout), stderr: text(result.stderr) }).toEqual({
        exit: 3,
        stdout: 'out',
        stderr: 'err',
        truncated: false,
      });
      expect(durationMs).toBeGreaterThan(0);
    }));

  test('cuts 100 MB of output without holding it, and lets the command end', () =>
    withTransport(async (transport) => {
      const before = heldBytes();
      const line = 'head -c 100000000 /dev/zero; exit 7';
      const result = await transport.run(line, { ...limits, maxBytes: 1000 });
      expect({ exit: result.exit, kept: result.stdout.length, truncated: result.truncated }).toEqual({
        exit: 7,
        kept: 1000,
        truncated: true,
      });
      // Awaited: what was collected is given back by another thread, a moment later.
      await expect.poll(() => heldBytes() - before).toBeLessThan(8 << 20);
    }));

  test('a deadline kills the whole group, also what ignores SIGTERM', () =>
    withTransport(async (transport) => {
      const seconds = mark();
      const line = `trap '' TERM HUP INT; sleep ${seconds} & sleep ${seconds}; wait`;
      await expect(transport.run(line, { ...limits, deadlineMs: 150 })).rejects.toMatchObject({
        fault: { code: 'timeout', step: 'command' },
      });
      await until(() => processesWith(seconds).length === 0);
    }));

  test('an abort kills the whole group', () =>
    withTransport(async (transport) => {
      const seconds = mark();
      const abort = new AbortController();
      const running = transport.run(`sleep ${seconds} & sleep ${seconds}`, { ...limits, signal: abort.signal });
      await until(() => processesWith(seconds).length >= 2);
      abort.abort();
      await expect(running).rejects.toMatchObject({ fault: { code: 'cancelled' } });
      await until(() => processesWith(seconds).length === 0);
    }));

  test('a child left in the background does not outlive its command', () =>
    withTransport(async (transport) => {
      const seconds = mark();
      const result = await transport.run(`sleep ${seconds} >/dev/null 2>&1 & echo started`, limits);
      expect(text(result.stdout)).toBe('started\n');
      await until(() => processesWith(seconds).length === 0);
    }));

  test('hands nothing of our environment on but what a command needs', () =>
    withTransport(async (transport) => {
      process.env.RACKSIDE_TEST_SECRET = 'hunter2';
      try {
        const names = text((await transport.run('env', limits)).stdout)
          .split('\n')
          .filter((line) => line.includes('='))
          .map((line) => line.slice(0, line.indexOf('=')));
        const allowed = [
          'PATH',
          'HOME',
          'USER',
          'LOGNAME',
          'SHELL',
          'TMPDIR',
          'LC_ALL',
          'LANG',
          'PWD',
          'OLDPWD',
          '_',
          'SHLVL',
        ];
        expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
        expect(names).toContain('LC_ALL');
      } finally {
        delete process.env.RACKSIDE_TEST_SECRET;
      }
    }));
});

describe('start', () => {
  test('runs a script from standard input; what it prints and says is told apart', () =>
    withTransport(async (transport) => {
      const channel = await transport.start(never);
      const out: string[] = [];
      const err: string[] = [];
      channel.onData((chunk) => out.push(text(chunk)));
      channel.onError((chunk) => err.push(text(chunk)));
      const closed = new Promise((resolve) => channel.onClose(resolve));
      channel.write('echo hello; echo trouble >&2; read tick; echo "got $tick"; exit 5\n');
      await until(() => out.join('') === 'hello\n');
      channel.write('tick\n');
      expect(await closed).toBe(5);
      expect({ out: out.join(''), err: err.join('') }).toEqual({ out: 'hello\ngot tick\n', err: 'trouble\n' });
    }));

  test('a program ends at the end of its input; one that does not is abandoned with its children', () =>
    withTransport(async (transport) => {
      const seconds = mark();
      const channel = await transport.start(never);
      const closed = new Promise((resolve) => channel.onClose(resolve));
      channel.write(`trap '' TERM; sleep ${seconds} & sleep ${seconds}\n`);
      await until(() => processesWith(seconds).length === 2);
      channel.close();
      expect(await closed).toBeNull();
      await until(() => processesWith(seconds).length === 0);
    }));

  test('closing the transport ends everything and tells once', async () => {
    const transport = await createLocalConnect()(prompts, never);
    const seconds = mark();
    let told = 0;
    transport.onClose(() => told++);
    const channel = await transport.start(never);
    const closed = new Promise((resolve) => channel.onClose(resolve));
    channel.write(`sleep ${seconds}; exit\n`);
    const running = transport.run(`sleep ${seconds}`, limits);
    await until(() => processesWith(seconds).length >= 2);
    transport.close();
    transport.close();
    await expect(running).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await closed;
    await until(() => processesWith(seconds).length === 0);
    expect(told).toBe(1);
    await expect(transport.run('true', limits)).rejects.toMatchObject({ fault: { code: 'disconnected' } });
  });
});

test('a machine without /proc is refused in words', async () => {
  const connect = createLocalConnect({ procFile: '/proc/no-such-file' });
  await expect(connect(prompts, never)).rejects.toMatchObject({
    fault: {
      code: 'not_found',
      step: 'program',
      message: 'Only Linux is read by now: this machine (linux) has no /proc/no-such-file.',
    },
  });
});
