import { expect, test } from 'vitest';
import { digestOf } from './text-digest.ts';

test('what differs by one bit, one place or one character has another digest', () => {
  const texts = new Set<string>(['', '\0', '\0\0', 'größer', 'x'.repeat(9999)]);
  for (let at = 0; at < 64; at++) {
    for (const letter of 'abcxyz\x7f€') texts.add(`${'a'.repeat(at)}${letter}${'a'.repeat(63 - at)}`);
    texts.add('b'.repeat(at)).add('\0'.repeat(at));
    for (let other = at + 1; other < 64; other++) {
      const letters = [...'a'.repeat(64)];
      // The highest bits of two words: those that a multiplication alone loses.
      [letters[at], letters[other]] = ['\x01', '\x01'];
      texts.add(letters.join(''));
    }
  }
  for (let number = 0; number < 20_000; number++) texts.add(`[${number},8607939,"kworker/${number % 7}:1"]`);
  expect(new Set([...texts].map(digestOf)).size).toBe(texts.size);
});

test('a text has the same digest whatever was asked for before, within what a number can tell exactly', () => {
  const first = digestOf('cron');
  digestOf('a text that is longer than the other');
  digestOf('€'.repeat(5000));
  expect(digestOf('cron')).toBe(first);
  expect(Number.isSafeInteger(first) && first >= 0).toBe(true);
});

test('the halves of digests are spread evenly: 4096 texts fill 256 places as chance would', () => {
  for (const place of [(d: number) => d % 256, (d: number) => Math.floor(d / 2 ** 45)]) {
    const filled = new Array<number>(256).fill(0);
    for (let number = 0; number < 4096; number++) {
      const at = place(digestOf(`process ${number}`));
      filled[at] = (filled[at] ?? 0) + 1;
    }
    const deviation = filled.reduce((sum, count) => sum + (count - 16) ** 2 / 16, 0);
    // Chi squared of 255 degrees: beyond 340 once in 3,000.
    expect(deviation).toBeLessThan(340);
  }
});
