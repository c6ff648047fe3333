import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const never = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once for each server, the others in their order', async () => {
  const turns = createTurns(2);
  const begun: string[] = [];
  const releases = new Map<string, () => void>();
  for (const [name, server] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['a3', 'a'],
    ['a4', 'a'],
    ['b1', 'b'],
  ] as const) {
    void turns.take(server, never).then((release) => {
      begun.push(name);
      releases.set(name, release);
    });
  }
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  releases.get('a2')?.();
  releases.get('a2')?.();
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  releases.get('a1')?.();
  await settled();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
});

test('whoever gives up waiting leaves no gap in the queue', async () => {
  const turns = createTurns(1);
  const release = await turns.take('a', never);
  const abort = new AbortController();
  const givenUp = turns.take('a', abort.signal);
  const last = turns.take('a', never);
  abort.abort();
  await expect(givenUp).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  release();
  expect(await last).toBeTypeOf('function');
});
