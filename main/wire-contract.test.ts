import { getEventListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { FaultError } from './contract/faults.ts';
import { createClient } from './contract/rpc/client.ts';
import { bytes, type Client, call, type Handlers, stream } from './contract/rpc/definition.ts';
import { decodeFrame, encodeFrame } from './contract/rpc/frames.ts';
import { createLatest } from './contract/rpc/latest.ts';
import { serve } from './contract/rpc/server.ts';
import { type Wire, wirePair } from './contract/rpc/wire.ts';
import { createSocketWire } from './services/owner/socket-wire.ts';
import { createIpcWire } from './shells/electron/ipc-wire.ts';
import { createWebSocketWire } from './shells/web/web-socket-wire.ts';

/** Everything that a wire has to carry, over each pipe that Rackside runs on. */

const contract = {
  add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
  echo: call(z.object({ text: z.string() }), z.string()),
  refuse: call(z.object({}), z.null()),
  breakDown: call(z.object({}), z.null()),
  hang: call(z.object({}), z.null()),
  unsendable: call(z.object({}), z.unknown()),
  count: stream(z.object({ to: z.number() }), z.number()),
  failing: stream(z.object({}), z.number()),
  silent: stream(z.object({}), z.number()),
  deaf: stream(z.object({}), z.number()),
  gauge: stream(z.object({}), z.number()),
  window: bytes(z.object({ size: z.number(), pieces: z.number() })),
};

/** The answering side, with a record of what it was made to do. */
function createBench(pipes: [Wire, Wire]) {
  const [near, far] = pipes;
  const seen = { pulled: 0, aborted: 0, left: 0 };
  const gauge = createLatest<number>();
  const handlers: Handlers<typeof contract> = {
    add: ({ a, b }) => a + b,
    echo: ({ text }) => text,
    refuse: () => {
      throw new FaultError('not_permitted', 'test', 'Not today.', { hop: 'bastion' });
    },
    breakDown: () => {
      throw new Error('a bug');
    },
    hang: (_input, signal) => new Promise((resolve) => whenAborted(signal, () => resolve(null))),
    unsendable: () => ({ big: 1n }),
    async *count({ to }) {
      try {
        for (let value = 0; value < to; value += 1) {
          seen.pulled += 1;
          yield value;
        }
      } finally {
        seen.left += 1;
      }
    },
    async *failing() {
      yield 1;
      throw new FaultError('bad_output', 'test', 'Torn.');
    },
    async *silent(_input, signal) {
      try {
        await new Promise<void>((resolve) => whenAborted(signal, resolve));
      } finally {
        seen.left += 1;
      }
    },
    // Ignores its signal and never comes to an item: all that can be done is to dismiss it.
    deaf: () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: async () => {
          seen.left += 1;
          return { done: true as const, value: undefined };
        },
      }),
    }),
    gauge: (_input, signal) => gauge.watch(signal),
    async *window({ size, pieces }) {
      for (let piece = 0; piece < pieces; piece += 1) yield new Uint8Array(size).fill(piece);
    },
  };
  function whenAborted(signal: AbortSignal, then: () => void): void {
    signal.addEventListener('abort', () => {
      seen.aborted += 1;
      then();
    });
  }
  serve(contract, handlers, far);
  return { near, far, seen, gauge, client: createClient(contract, near) };
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function pair(left: Wire, right: Wire): [Wire, Wire] {
  cleanups.push(() => {
    left.close();
    right.close();
  });
  return [left, right];
}

async function socketPair(): Promise<[Wire, Wire]> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-wire-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll('\\', '-')}` : join(folder, 's');
  const accepted = Promise.withResolvers<Socket>();
  const server = createServer({ allowHalfOpen: false }, accepted.resolve);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  cleanups.push(() => server.close());
  const near = connect(path);
  return pair(createSocketWire(near), createSocketWire(await accepted.promise));
}

async function webSocketPair(): Promise<[Wire, Wire]> {
  const http = createHttpServer();
  const server = new WebSocketServer({ server: http });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => http.close());
  const accepted = Promise.withResolvers<WebSocket>();
  server.on('connection', accepted.resolve);
  const near = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  await new Promise((resolve) => near.once('open', resolve));
  return pair(createWebSocketWire(near), createWebSocketWire(await accepted.promise));
}

/** Structured clone over a channel that never tells its end, as Electron's IPC. */
async function ipcPair(): Promise<[Wire, Wire]> {
  const { port1, port2 } = new MessageChannel();
  cleanups.push(() => port1.close());
  const [left, right] = [port1, port2].map((port) => {
    const end = createIpcWire({ send: (message) => port.postMessage(message) });
    port.on('message', end.receive);
    return end.wire;
  }) as [Wire, Wire];
  return pair(left, right);
}

const pipes: [string, () => Promise<[Wire, Wire]>][] = [
  ['in-memory pair', async () => wirePair()],
  ['IPC-shaped pipe', ipcPair],
  ['WebSocket', webSocketPair],
  ['local socket', socketPair],
];

async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ answered: value }),
    (error: unknown) => (error instanceof FaultError ? error.fault : error),
  );
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const disconnected = expect.objectContaining({ code: 'disconnected', step: 'wire' });
const cancelled = (step: string) => ({ code: 'cancelled', step, message: 'Cancelled.' });

describe.each(pipes)('the contract over the %s', (_name, connectPair) => {
  async function start() {
    return createBench(await connectPair());
  }

  test('a call is answered', async () => {
    const { client } = await start();
    expect(await client.add({ a: 2, b: 40 })).toBe(42);
  });

  test('what is thrown arrives as its fault, and a bug says that it is one', async () => {
    const { client } = await start();
    expect(await Promise.all([faultOf(client.refuse({})), faultOf(client.breakDown({}))])).toEqual([
      { code: 'not_permitted', step: 'test', message: 'Not today.', hop: 'bastion' },
      { code: 'internal', step: 'breakDown', message: 'This is a fault in Rackside itself: a bug' },
    ]);
  });

  test('bad input, an unknown name and an answer that is not JSON are faults of their own call only', async () => {
    const { near } = await start();
    const client = createClient({ ...contract, constructor: contract.add, missing: contract.add }, near);
    expect(
      await Promise.all([
        faultOf(client.add({ a: 'two', b: 1 } as never)),
        faultOf(client.missing({ a: 1, b: 1 })),
        faultOf(client.constructor({ a: 1, b: 1 })),
      ]),
    ).toMatchObject([
      { code: 'bad_input', step: 'add', message: expect.stringContaining('(a)') },
      { code: 'bad_input', step: 'wire', message: 'There is no call named missing.' },
      { code: 'bad_input', step: 'wire', message: 'There is no call named constructor.' },
    ]);
  });

  test('an answer that JSON cannot hold is a fault, and the next call goes on', async () => {
    const { client } = await start();
    expect(await faultOf(client.unsendable({}))).toMatchObject({ code: 'internal', step: 'unsendable' });
    expect(await client.add({ a: 1, b: 1 })).toBe(2);
  });

  test('a stream gives every item in order and ends', async () => {
    const { client, seen } = await start();
    expect(await collect(client.count({ to: 100 }))).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(seen).toEqual({ pulled: 100, aborted: 0, left: 1 });
  });

  test('a stream that fails gives what it had, then its fault', async () => {
    const { client } = await start();
    const taken: number[] = [];
    const read = async (): Promise<void> => {
      for await (const item of client.failing({})) taken.push(item);
    };
    expect(await faultOf(read())).toEqual({ code: 'bad_output', step: 'test', message: 'Torn.' });
    expect(taken).toEqual([1]);
  });

  test('a producer is not pulled beyond what its reader asked for', async () => {
    const { client, seen } = await start();
    const reader = client.count({ to: 1000 })[Symbol.asyncIterator]();
    for (let taken = 0; taken < 3; taken += 1) await reader.next();
    // A call makes the way there and back after whatever the stream had under way.
    await client.add({ a: 0, b: 0 });
    expect(seen).toEqual({ pulled: 3, aborted: 0, left: 0 });
    await reader.return?.();
  });

  test('a slow reader of a gauge gets the newest value, not those it missed', async () => {
    const { client, gauge } = await start();
    const reader = client.gauge({})[Symbol.asyncIterator]();
    gauge.set(1);
    expect(await reader.next()).toEqual({ done: false, value: 1 });
    for (let value = 2; value <= 500; value += 1) gauge.set(value);
    await client.add({ a: 0, b: 0 });
    expect(await reader.next()).toEqual({ done: false, value: 500 });
    gauge.end();
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  test('a signal cancels a call and a stream, here and there, and lets go of its listeners', async () => {
    const { client, seen } = await start();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    await client.add({ a: 1, b: 1 }, controller.signal);
    expect(listeners()).toBe(0);
    const hanging = faultOf(client.hang({}, controller.signal));
    const silent = faultOf(collect(client.silent({}, controller.signal)));
    await client.add({ a: 1, b: 1 });
    controller.abort();
    expect(await Promise.all([hanging, silent])).toEqual([cancelled('hang'), cancelled('silent')]);
    expect(await faultOf(client.add({ a: 1, b: 1 }, controller.signal))).toEqual(cancelled('add'));
    await client.add({ a: 1, b: 1 });
    expect(seen).toEqual({ pulled: 0, aborted: 2, left: 1 });
    expect(listeners()).toBe(0);
  });

  test('leaving a loop early ends the producer', async () => {
    const { client, seen } = await start();
    for await (const item of client.count({ to: 1000 })) if (item === 2) break;
    await client.add({ a: 0, b: 0 });
    expect(seen).toEqual({ pulled: 3, aborted: 0, left: 1 });
  });

  test('leaving does not wait for an item that never comes', async () => {
    const { client, seen } = await start();
    const reader = client.silent({})[Symbol.asyncIterator]();
    const next = reader.next();
    await client.add({ a: 0, b: 0 });
    await reader.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await client.add({ a: 0, b: 0 });
    expect(seen).toEqual({ pulled: 0, aborted: 1, left: 1 });
  });

  test('a producer that is deaf to its signal is dismissed all the same', async () => {
    const { client, seen } = await start();
    const reader = client.deaf({})[Symbol.asyncIterator]();
    const next = reader.next();
    await client.add({ a: 0, b: 0 });
    await reader.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await client.add({ a: 0, b: 0 });
    expect(seen).toEqual({ pulled: 0, aborted: 0, left: 1 });
  });

  test('a wire that closes in the middle ends everything on both sides', async () => {
    const { client, far, seen } = await start();
    const hanging = faultOf(client.hang({}));
    const silent = faultOf(collect(client.silent({})));
    await client.add({ a: 0, b: 0 });
    far.close();
    expect(await Promise.all([hanging, silent])).toEqual([disconnected, disconnected]);
    expect(await faultOf(client.add({ a: 0, b: 0 }))).toEqual(disconnected);
    expect(seen).toEqual({ pulled: 0, aborted: 2, left: 1 });
  });

  test('a megabyte crosses as text and as binary', async () => {
    const { client } = await start();
    const text = 'µ☃\u0000"'.repeat(200_000);
    expect((await client.echo({ text })) === text).toBe(true);
    const pieces = await collect(client.window({ size: 1 << 20, pieces: 6 }));
    expect(pieces.map((piece) => [piece.length, piece[0], piece.at(-1)])).toEqual(
      [0, 1, 2, 3, 4, 5].map((piece) => [1 << 20, piece, piece]),
    );
  });

  test('a thousand calls at once each get their own answer', async () => {
    const { client } = await start();
    const inputs = Array.from({ length: 1000 }, (_, index) => index);
    expect(await Promise.all(inputs.map((a) => client.add({ a, b: 1 })))).toEqual(inputs.map((a) => a + 1));
  });

  test.each([
    ['text that is no frame', 'hello'],
    ['a frame of no known kind', '{"t":"shout","id":1}'],
    ['a frame that only the other side may send', encodeFrame({ t: 'answer', id: 1, value: null })],
    ['binary', new Uint8Array([0, 0, 0, 1, 2])],
    ['credit without measure', '{"t":"credit","id":1,"n":1e99}'],
  ])('the answering side closes on %s', async (_what, message) => {
    const [near, far] = await connectPair();
    const { seen } = createBench([near, far]);
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    near.send(message);
    await closed;
    expect(seen).toEqual({ pulled: 0, aborted: 0, left: 0 });
  });

  test('the asking side closes on a stream that exceeds its credit', async () => {
    const [near, far] = await connectPair();
    const client: Client<typeof contract> = createClient(contract, near);
    far.onMessage((message) => {
      const frame = typeof message === 'string' ? decodeFrame(message) : null;
      if (frame?.t !== 'credit') return;
      for (const value of [1, 2, 3]) far.send(encodeFrame({ t: 'item', id: frame.id, value }));
    });
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    const reader = client.count({ to: 3 })[Symbol.asyncIterator]();
    expect(await reader.next()).toEqual({ done: false, value: 1 });
    await closed;
  });
});

/** How many listeners stand on the signal now, by Node's own count. */
function countListeners(signal: AbortSignal): () => number {
  return () => getEventListeners(signal, 'abort').length;
}
