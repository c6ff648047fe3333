import { expect, test } from 'vitest';
import { createMarker, createNoiseGate } from './noise-gate.ts';

test.each([1, 3, 7, 1000])(
  'what stands behind the marker comes through, whatever the packets (%i bytes each)',
  (size) => {
    const marker = createMarker();
    const gate = createNoiseGate(marker, 10_000);
    const sent = Buffer.from(`Welcome!\nrack, rackside\n${marker.text}payload\n`);
    const through: Buffer[] = [];
    for (let at = 0; at < sent.length; at += size) {
      const passed = gate.push(sent.subarray(at, at + size));
      if (passed !== null) through.push(passed);
    }
    expect(Buffer.concat(through).toString()).toBe('payload\n');
    expect(gate.overflown()).toBe(false);
  },
);

test('noise without end is cut, and said to be too much', () => {
  const gate = createNoiseGate(createMarker(), 100);
  for (let sent = 0; sent < 100_000; sent += 1) gate.push(Buffer.from('x'));
  expect([gate.noise().length, gate.overflown()]).toEqual([100, true]);
});

test('the line that prints the marker does not hold it', () => {
  const marker = createMarker();
  expect(marker.print).not.toContain(marker.text.trim());
});
