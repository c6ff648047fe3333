import { expect, test } from 'vitest';
import { type OpenSample, OpenSamples } from './open-samples.ts';

const sampleOf = (number: number): OpenSample => ({
  ...{ number, at: 1_775_000_000_000 + 5000 * number, layout: 1 + (number % 3) },
  collectedAt: number % 5 === 0 ? `2026-04-01T00:00:${number}.5Z` : null,
  values: new Uint8Array(100).fill(number),
  processes: number % 2 === 0 ? null : new TextEncoder().encode(`[${number},"größer"]`.repeat(1 + (number % 40) ** 2)),
});

test('samples come back as they were and in their order, before and after they were deflated', () => {
  const open = new OpenSamples();
  const samples = Array.from({ length: 240 }, (_, index) => sampleOf(index + 1));
  for (const [index, sample] of samples.entries()) {
    open.add(sample);
    if (index === 0) expect(open.all()).toEqual(samples.slice(0, 1));
  }
  const plain = (all: readonly OpenSample[]) =>
    all.map((sample) => ({
      ...sample,
      values: [...sample.values],
      processes: sample.processes && [...sample.processes],
    }));
  const all = open.all();
  expect(plain(all)).toEqual(plain(samples));
  open.add(sampleOf(241));
  expect([open.length, all.length, all.at(-1)?.number]).toEqual([241, 240, 240]);
});
