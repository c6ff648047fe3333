import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ConsoleHandlers, consoleContract } from '../../main/contract/console.ts';
import type { FleetChange } from '../../main/contract/hosts.ts';
import { serve } from '../../main/contract/rpc/server.ts';
import { type Wire, wirePair } from '../../main/contract/rpc/wire.ts';
import { createLink, faultOf, retryDelayMs } from './link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Like a socket, which lets others run between one listener and the next. */
function oneByOne(wire: Wire): Wire {
  const listeners: (() => void)[] = [];
  wire.onClose(async () => {
    for (const listener of listeners) {
      listener();
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    }
  });
  return { ...wire, onClose: (listener) => void listeners.push(listener) };
}

/** A console that can be cut off; each connection's fleet begins with its own number. */
function createConsole() {
  const wires: Wire[] = [];
  let refuse = false;
  const open = (): Promise<Wire> => {
    if (refuse) return Promise.reject(new Error('refused'));
    const [near, far] = wirePair();
    wires.push(far);
    const now = wires.length;
    const handlers = {
      'fleet.watch': async function* (_input: unknown, signal: AbortSignal): AsyncIterable<FleetChange> {
        yield { now, order: [], hosts: [], glances: [], warnings: [] };
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      },
    } as unknown as ConsoleHandlers;
    serve(consoleContract, handlers, far);
    return Promise.resolve(oneByOne(near));
  };
  return {
    open,
    cut: () => wires.at(-1)?.close(),
    refuse: (value: boolean) => {
      refuse = value;
    },
  };
}

test('a link that is cut says so, comes back, and its streams go on', async () => {
  const server = createConsole();
  const link = createLink(server.open);
  link.start();
  const seen: number[] = [];
  const states: string[] = [];
  let opened = 0;
  link.onState(() => states.push(link.state().state));
  const stop = new AbortController();
  const following = link.follow(
    (client, signal) => {
      opened += 1;
      return client['fleet.watch']({}, signal);
    },
    stop.signal,
    (fleet) => seen.push(fleet.now),
  );
  await vi.waitFor(() => expect(seen).toEqual([1]));

  server.refuse(true);
  server.cut();
  await vi.waitFor(() => expect(link.state()).toMatchObject({ state: 'down', attempt: 1 }));
  await expect(link.client()['console.about']({})).rejects.toMatchObject({ fault: { code: 'disconnected' } });
  await vi.advanceTimersByTimeAsync(retryDelayMs(1));
  await vi.waitFor(() => expect(link.state()).toMatchObject({ state: 'down', attempt: 2 }));

  server.refuse(false);
  await vi.advanceTimersByTimeAsync(retryDelayMs(2));
  await vi.waitFor(() => expect(seen).toEqual([1, 2]));
  expect({ states, opened }).toEqual({ states: ['up', 'down', 'down', 'up'], opened: 2 });
  stop.abort();
  await following;
});

test('the wait between attempts doubles up to eight seconds', () => {
  expect([1, 2, 3, 6, 20].map(retryDelayMs)).toEqual([250, 500, 1000, 8000, 8000]);
});

test('a fault of the stream itself is told once and ends it', async () => {
  const [near, far] = wirePair();
  serve(consoleContract, {} as ConsoleHandlers, far);
  const link = createLink(() => Promise.resolve(near));
  link.start();
  const faults: string[] = [];
  await link.follow(
    (client, signal) => client['host.live']({ hostId: 'not an id' }, signal),
    new AbortController().signal,
    () => {},
    (fault) => faults.push(fault.code),
  );
  expect(faults).toEqual(['bad_input']);
  expect(faultOf('odd').code).toBe('internal');
});
