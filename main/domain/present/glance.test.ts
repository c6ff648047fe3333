import { expect, test } from 'vitest';
import type { Sample } from '../../contract/samples.ts';
import { glanceOf } from './glance.ts';

const absent = { status: 'absent', reason: 'no such file' } as const;

function sample(data: Partial<Sample['data']>): Sample {
  const clock = { boot_id: null, uptime_seconds: null };
  return { kind: 'fast', collected_at: '2026-03-04T05:06:07.000Z', data: { clock, problems: {}, ...data } };
}

test('a glance has what a row shows, and says of CPU and memory why they are not known', () => {
  const share = { user_percent: 0, nice_percent: 0, system_percent: 0, irq_percent: 0, softirq_percent: 0 };
  const cpu = {
    total: { ...share, busy_percent: 12.3456, steal_percent: 0, iowait_percent: 0, idle_percent: 87.6544 },
    cores: [],
  };
  const known = sample({
    clock: { boot_id: 'boot', uptime_seconds: 100.456 },
    cpu,
    load: { one: 0.25, five: 0.5, fifteen: 0.75, running: 1, tasks: 100 },
    problems: { pressure: absent },
  });
  const unknown = sample({ cpu: null, memory: null, problems: { memory: absent, pressure: absent } });
  const at = Date.UTC(2026, 2, 4, 5, 6, 7);
  const nothing = { cpu_percent: null, memory_percent: null, load: null, uptime_seconds: null };
  expect([known, unknown].map(glanceOf)).toEqual([
    { at, cpu_percent: 12.35, memory_percent: null, load: 0.25, uptime_seconds: 100, problems: {} },
    { ...nothing, at, problems: { memory: absent } },
  ]);
});
