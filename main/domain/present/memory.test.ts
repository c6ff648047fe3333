import { expect, test } from 'vitest';
import { type Memory, memoryParts } from './memory.ts';

function memory(part: Partial<Memory>): Memory {
  return {
    total_bytes: 1000,
    used_bytes: 600,
    available_bytes: 400,
    available_estimated: false,
    free_bytes: 100,
    buffers_bytes: null,
    cached_bytes: null,
    shared_bytes: null,
    swap: null,
    arc: null,
    scope: 'host',
    ...part,
  };
}

test('the parts add up to the total, and the ZFS cache stands apart', () => {
  expect([
    memoryParts(memory({})),
    memoryParts(memory({ arc: { size_bytes: 300, reclaimable_bytes: 250 } })),
    memoryParts(memory({ arc: { size_bytes: 900, reclaimable_bytes: 900 } })),
    memoryParts(memory({ used_bytes: 1200 })),
    memoryParts(memory({ total_bytes: 0, used_bytes: 0 })),
  ]).toEqual([
    { used: 600, reclaimable: 0, available: 400, total: 1000, usedPercent: 60 },
    { used: 350, reclaimable: 250, available: 400, total: 1000, usedPercent: 35 },
    { used: 0, reclaimable: 600, available: 400, total: 1000, usedPercent: 0 },
    { used: 1000, reclaimable: 0, available: 0, total: 1000, usedPercent: 100 },
    { used: 0, reclaimable: 0, available: 0, total: 0, usedPercent: null },
  ]);
});
