import { type AddressInfo, connect, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Wire } from '../../contract/rpc/wire.ts';
import { createSocketWire } from './socket-wire.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

describe('the local socket', () => {
  test.each([
    ['is too long', Buffer.from([255, 255, 255, 255, 0])],
    ['is of an unknown kind', Buffer.from([0, 0, 0, 1, 7, 65])],
  ])('closes on a message that %s', async (_what, header) => {
    const { port, wires } = await listen();
    const raw = connect(port, '127.0.0.1');
    const wire = await wires;
    const heard: unknown[] = [];
    wire.onMessage((message) => heard.push(message));
    const closed = new Promise<void>((resolve) => wire.onClose(resolve));
    raw.write(header);
    await closed;
    expect(heard).toEqual([]);
    raw.destroy();
  });

  test('puts together messages that arrive byte by byte, and several in one piece', async () => {
    const { port, wires } = await listen();
    const raw = connect(port, '127.0.0.1').setNoDelay(true);
    const wire = await wires;
    const heard: unknown[] = [];
    const all = new Promise<void>((resolve) => {
      wire.onMessage((message) => {
        heard.push(typeof message === 'string' ? message : [...message]);
        if (heard.length === 4) resolve();
      });
    });
    const two = [0, 0, 0, 2, 0, 104, 105, 0, 0, 0, 1, 1, 9];
    for (const byte of two) {
      raw.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    raw.write(Buffer.from([...two]));
    await all;
    expect(heard).toEqual(['hi', [9], 'hi', [9]]);
    raw.destroy();
  });

  async function listen(): Promise<{ port: number; wires: Promise<Wire> }> {
    const accepted = Promise.withResolvers<Wire>();
    const server = createServer((socket) => accepted.resolve(createSocketWire(socket)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => server.close());
    return { port: (server.address() as AddressInfo).port, wires: accepted.promise };
  }
});
