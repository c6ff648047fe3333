import { expect, test } from 'vitest';
import { type Bridge, bridgeWire } from './wire.ts';

/** The preload's pipe, with the main process played by the test. */
function setUp() {
  const sent: (string | Uint8Array | null)[] = [];
  const listeners = new Set<(message: string | Uint8Array | null) => void>();
  const bridge: Bridge = {
    send: (message) => sent.push(message),
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const wire = bridgeWire(bridge);
  const told: unknown[] = [];
  wire.onMessage((message) => told.push(message));
  wire.onClose(() => told.push('closed'));
  const say = (message: string | null) => {
    for (const listener of [...listeners]) listener(message);
  };
  return { wire, sent, told, say, listeners };
}

test('a page that closes its wire says so, so that the next wire begins anew', () => {
  const { wire, sent, told, listeners } = setUp();
  wire.send('one');
  wire.close();
  wire.send('two');
  expect({ sent, told, listening: listeners.size }).toEqual({ sent: ['one', null], told: ['closed'], listening: 0 });
});

test('an end that the main process says is an end, and is answered with one', () => {
  const { sent, told, say, listeners } = setUp();
  say('hello');
  say(null);
  say('late');
  expect({ sent, told, listening: listeners.size }).toEqual({ sent: [null], told: ['hello', 'closed'], listening: 0 });
});
