import type { Process, Sample } from '../../contract/samples.ts';

/** Samples for tests and the bench: one host whose numbers move as real ones do, the same in each run. */

export const hostId = '6f1c1a52-3f0e-4c5e-9d0b-0a7c3a1f2b3c';
export const otherId = '0d9f6f0e-91c4-4c0a-8f5e-2b7f7d1c5a11';

/** A number between 0 and 1 that depends on its arguments only. */
export function noise(...seeds: number[]): number {
  let hash = 0x811c9dc5;
  for (const seed of seeds) {
    hash = Math.imul(hash ^ (seed | 0), 0x01000193);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 12;
  }
  return (hash >>> 0) / 2 ** 32;
}

/** So many fast samples, each `everyMs` after the one before. */
export function span(from: number, count: number, everyMs: number): Sample[] {
  return Array.from({ length: count }, (_, i) => fastSample(from + i * everyMs, i));
}

export function fastSample(at: number, index: number): Sample {
  const share = (seed: number, size: number) => (100 * Math.floor(noise(seed, at) * size * 6)) / 600;
  const busy = share(1, 40);
  const parts = {
    ...{ busy_percent: busy, user_percent: busy * 0.7, nice_percent: 0, system_percent: busy * 0.3, irq_percent: 0 },
    ...{ softirq_percent: 0, steal_percent: 0, iowait_percent: share(2, 2), idle_percent: 100 - busy },
  };
  return {
    kind: 'fast',
    collected_at: new Date(at).toISOString(),
    data: {
      clock: { boot_id: 'f3b8ad34-6a5f-4a52-9c7b-0d9f6f0e91c4', uptime_seconds: Math.floor(at / 1000) % 1e7 },
      cpu: {
        total: index === 0 ? null : parts,
        cores: [0, 1].map((id) => ({
          id,
          share: noise(3, at) < 0.1 ? null : { ...parts, busy_percent: share(4 + id, 90) },
        })),
      },
      memory: {
        ...{ total_bytes: 8 * 2 ** 30, used_bytes: 3e9 - (3e9 % 1024) + 1024 * Math.floor(noise(6, at) * 9000) },
        ...{ available_bytes: 4 * 2 ** 30, available_estimated: false, free_bytes: 2 ** 30, buffers_bytes: null },
        ...{ cached_bytes: 2 ** 31, shared_bytes: null, swap: null, arc: null, scope: 'host' },
      },
      load: { one: 0.5, five: 0.4, fifteen: 0.3, running: 1, tasks: 400 },
      processes: {
        count: 300 + Math.floor(noise(7, at) * 3),
        window_seconds: index === 0 ? null : 2.01,
        list: processList(at, index, 2),
      },
      problems: {},
    },
  };
}

const programs = [
  '/usr/bin/postgres: worker',
  'node /srv/app/server.js --port',
  'nginx: worker process',
  '/usr/bin/python3 -m job',
  'php-fpm: pool',
  null,
];

function processList(at: number, index: number, cores: number): Process[] {
  return Array.from({ length: 12 }, (_, place) => {
    // Each place is taken by another process now and then.
    const pid = 100 + place * 50 + Math.floor((index + place * 7) / 25);
    const ticks = place < 4 ? Math.floor(noise(8, pid, at) * 60) : 0;
    const share = index === 0 ? null : (ticks / 2.01 / 100) * 100;
    const program = programs[pid % programs.length] ?? null;
    return {
      ...{
        pid,
        start_ticks: pid * 977,
        started_seconds: pid * 9.77,
        parent_pid: pid % 4,
        name: `p${pid % 7}`,
        command: program === null ? null : `${program} ${pid}`,
      },
      ...{ user: pid % 3 === 0 ? null : 'www-data', state: ticks > 30 ? 'R' : 'S', cpu_percent: share },
      cpu_host_percent: share === null ? null : Math.min(100, share / cores),
      memory_bytes: place === 11 ? null : 4096 * (1000 * (12 - place) + Math.floor(noise(9, pid, index >> 3) * 50)),
      threads: 1 + (pid % 5),
    };
  });
}

/** A sample whose list has so much text, in lines of about 1,000 characters that do not compress. */
export function largeSample(at: number, characters: number): Sample {
  const sample = fastSample(at, 1);
  const letter = (place: number) => String.fromCharCode(33 + Math.floor(noise(10, at, place) * 90));
  const list = Array.from({ length: Math.ceil(characters / 1000) }, (_, row): Process => {
    const command = Array.from({ length: 1000 }, (_, i) => letter(row * 1000 + i)).join('');
    return { ...(processList(at, 1, 2)[0] as Process), pid: row + 1, command };
  });
  return { ...sample, data: { ...sample.data, processes: { count: list.length, window_seconds: 2, list } } };
}

export function mediumSample(at: number): Sample {
  const bytes = { size_bytes: 2 ** 34, used_bytes: 10 * 2 ** 30, available_bytes: 6 * 2 ** 30 };
  return {
    kind: 'medium',
    collected_at: new Date(at).toISOString(),
    data: {
      clock: { boot_id: null, uptime_seconds: null },
      filesystems: { list: [{ device: '/dev/sda1', type: 'ext4', mount: '/', ...bytes, used_percent: 62.5 }] },
      problems: {},
    },
  };
}
