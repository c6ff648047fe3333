import { expect, test } from 'vitest';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import { readingFamilies, readingShapeOf } from './reading-families.ts';

const guest = (vmid: number, name: string | null, gigabytes: number, more = {}) => ({
  ...{ vmid, name, state: 'running', template: false, memory_total_bytes: gigabytes * 2 ** 30 },
  ...more,
});

test('pools, the largest guests that run, and graphics processors have charts where there are any', () => {
  const guests = [
    guest(100, 'web', 2),
    guest(101, null, 8),
    guest(102, 'off', 64, { state: 'stopped' }),
    guest(900, 'base', 64, { template: true }),
  ];
  const data = { zfs: { pools: [{ name: 'tank' }] }, proxmox: { guests }, gpus: { list: [] } } as unknown as SampleData;
  const sample = { kind: 'medium', collected_at: '', data } as Sample;
  const told = readingFamilies(readingShapeOf(() => sample)).map(({ id, lines }) => [
    id,
    ...lines.map(({ reading, name }) => `${reading} ${name}`),
  ]);
  expect(told).toEqual([
    ['pools', 'pool:tank.used_percent tank'],
    ['guest-cpu', 'guest:101.cpu 101', 'guest:100.cpu web'],
    ['guest-memory', 'guest:101.memory 101', 'guest:100.memory web'],
  ]);
  expect(readingFamilies(readingShapeOf(() => null))).toEqual([]);
});
