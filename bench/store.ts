import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Process, Sample } from '../main/contract/samples.ts';
import { readingsOf } from '../main/domain/metrics/readings.ts';
import { openStore, type Store } from '../main/services/store/store.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';
import { RowPerReading } from './row-per-reading.ts';

const cores = 24;
const start = Date.UTC(2026, 3, 1);
const dayMs = 86_400_000;
const metric = 'memory.used';

/** What it costs to keep samples and to ask for them, beside a table with a row per reading in the same run. */
export async function storeBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const rival = new RowPerReading(join(directory, 'rival.db'));
  try {
    await keepAndAsk(report, join(directory, 'month.db'), rival);
    await keepProcesses(report, join(directory, 'fast.db'), 2000);
    await keepProcesses(report, join(directory, 'slow.db'), 30_000);
    await tick(report, join(directory, 'fleet.db'), rival);
  } finally {
    rival.close();
    rmSync(directory, { recursive: true });
  }
}

/** One host every 30 s for a month: size, then one metric of a day and of the month for 800 points. */
async function keepAndAsk(report: Report, path: string, rival: RowPerReading): Promise<void> {
  const [host] = hostIds(1) as [string];
  const store = await openStore({ path });
  const host30 = new WalkingHost(1);
  const count = (30 * dayMs) / 30_000;
  let readings = 0;
  for (let i = 0; i < count; i += 500) {
    const samples = Array.from({ length: 500 }, (_, k) => host30.next(start + (i + k) * 30_000));
    readings += samples.reduce((sum, sample) => sum + readingsOf(sample).size, 0);
    store.append(host, samples);
    await store.flush();
    // The rival gets two days of all readings, and of the rest only the metric that it is asked for.
    const rows = samples.flatMap((sample) =>
      (i < 5760 ? [...readingsOf(sample)] : [[metric, readingsOf(sample).get(metric) ?? null] as const]).map(
        (row) => [sample.collected_at, ...row] as const,
      ),
    );
    rival.insert(
      host,
      rows.map(([at, name, value]) => ({ name, at: Date.parse(at), value })),
    );
    if (i + 500 >= 5760 && i < 5760) rival.markSize();
  }
  const { bytes } = await settled(store);
  const rivalName = 'a row per reading';
  report({
    bench: 'store',
    figure: 'room at 30 s, 40 readings, rollups included',
    value: bytes / readings,
    unit: 'bytes/reading',
    bar: 1.2,
    rival: { name: rivalName, value: rival.bytesPerReading },
  });
  for (const [figure, days] of [
    ['a day of one metric for 800 points', 1],
    ['30 days of one metric for 800 points', 30],
  ] as const) {
    const request = {
      hostId: host,
      readings: [metric],
      from: start + (30 - days) * dayMs,
      to: start + 30 * dayMs,
      points: 800,
    };
    const mine: number[] = [];
    const theirs: number[] = [];
    for (let i = 0; i < 21; i++) {
      const began = performance.now();
      await store.series(request);
      mine.push(performance.now() - began);
      const then = performance.now();
      rival.series(host, metric, request.from, request.to, request.points);
      theirs.push(performance.now() - then);
    }
    report({
      bench: 'store',
      figure,
      value: median(mine),
      unit: 'ms',
      bar: 10,
      rival: { name: rivalName, value: median(theirs) },
    });
  }
  await store.close();
}

/** 24 rows with three or four newcomers every 2 s, fewer in a sample of 30 s as the list is then of averages. */
async function keepProcesses(report: Report, path: string, everyMs: number): Promise<void> {
  const [host] = hostIds(1) as [string];
  const store = await openStore({ path });
  const list = new BusyList(everyMs === 2000 ? 3.5 : 2);
  let plain = 0;
  const count = 2400;
  for (let i = 0; i < count; i += 120) {
    const samples = Array.from({ length: 120 }, (_, k) => list.next(start + (i + k) * everyMs, everyMs));
    plain += samples.reduce((sum, sample) => sum + JSON.stringify(sample.data.processes).length, 0);
    store.append(host, samples);
    await store.flush();
  }
  await settled(store);
  await store.close();
  const database = new Database(path, { readonly: true });
  const { bytes, samples } = database
    .prepare('select sum(length(data)) as bytes, sum(samples) as samples from block join block_processes on block = id')
    .get() as { bytes: number; samples: number };
  database.close();
  report({
    bench: 'store',
    figure: `process list of 24 rows every ${everyMs / 1000} s`,
    value: bytes / samples,
    unit: 'bytes/sample',
    bar: 150,
    rival: { name: 'JSON', value: plain / count },
  });
}

/** 200 hosts at once every 30 s. The second of two hours is measured: in it, the blocks of the first are sealed. */
async function tick(report: Report, path: string, rival: RowPerReading): Promise<void> {
  const hosts = hostIds(200).map((id, i) => ({ id, walk: new WalkingHost(i) }));
  const store = await openStore({ path });
  const ticksPerHour = 120;
  const cpu: number[] = [];
  let longest = 0;
  for (let i = 0; i < 2 * ticksPerHour; i++) {
    const samples = hosts.map(({ walk }) => walk.next(start + i * 30_000));
    const before = process.cpuUsage();
    hosts.forEach(({ id }, k) => {
      store.append(id, [samples[k] as Sample]);
    });
    await store.flush();
    if (i < ticksPerHour) continue;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    const { longestPauseMs } = await store.health();
    // The first answer is about the start: files, statements, code that is not warm.
    if (i > ticksPerHour) longest = Math.max(longest, longestPauseMs);
  }
  await store.close();
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const theirs: number[] = [];
  for (let i = 0; i < 12; i++) {
    const rows = hosts.map(({ id, walk }) => ({ id, readings: readingsOf(walk.next(start + i * 30_000)) }));
    const before = process.cpuUsage();
    rival.tick(rows, start + i * 30_000);
    const { user, system } = process.cpuUsage(before);
    theirs.push((user + system) / 1000);
  }
  const rivalTick = { name: 'a row per reading', value: mean(theirs) };
  report({
    bench: 'store',
    figure: 'a tick of 200 hosts × 40 readings, both threads',
    value: mean(cpu),
    unit: 'ms CPU',
    bar: 2.5,
    rival: rivalTick,
  });
  report({
    bench: 'store',
    figure: 'longest pause of the writer in such ticks',
    value: longest,
    unit: 'ms',
    bar: 20,
    rival: null,
  });
}

/** Waits until what is due is sealed. */
async function settled(store: Store): Promise<{ bytes: number }> {
  for (let before = -1; ; ) {
    const { bytes } = await store.health();
    if (bytes === before) return { bytes };
    before = bytes;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function hostIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
}

/** Numbers between 0 and 1, the same in each run. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A server of 24 cores: each walks about its own load by 0.3 to 3 %, counted in ticks; memory moves by megabytes. */
class WalkingHost {
  readonly #random: () => number;
  readonly #loads: { at: number; home: number; pace: number }[];
  #used = 2 ** 23;
  #cached = 2 ** 24;
  #load = [2, 2, 2] as [number, number, number];

  constructor(seed: number) {
    this.#random = randomFrom(seed);
    this.#loads = Array.from({ length: cores }, () => {
      const home = 40 * this.#random() ** 2;
      return { at: home, home, pace: 0.3 + 2.7 * this.#random() ** 2 };
    });
  }

  next(at: number): Sample {
    for (const load of this.#loads) {
      load.at = Math.min(100, Math.max(0, load.at + (load.home - load.at) * 0.1 + this.#normal() * load.pace));
    }
    const ticks = this.#loads.map((load) => Math.round(load.at * 30));
    const busy = ticks.reduce((sum, count) => sum + count, 0) / 30 / cores;
    const share = (percent: number) => Math.round(percent * 30 * cores) / 30 / cores;
    this.#used += Math.round(this.#normal() * 3000);
    this.#cached += Math.round(Math.abs(this.#normal()) * 800);
    this.#load = [1, 5, 15].map((minutes, i) => {
      const now = this.#load[i] as number;
      return now + ((busy * cores) / 100 + this.#normal() - now) * (1 - Math.exp(-0.5 / minutes));
    }) as [number, number, number];
    const [one, five, fifteen] = this.#load.map((load) => Math.round(Math.max(0, load) * 100) / 100) as [
      number,
      number,
      number,
    ];
    const rest = { nice_percent: 0, irq_percent: 0, softirq_percent: 0, steal_percent: 0 };
    const iowait = share(Math.max(0, this.#normal() - 1));
    const total = 2 ** 25 * 1024;
    return {
      kind: 'fast',
      collected_at: new Date(at).toISOString(),
      data: {
        clock: {
          boot_id: 'f3b8ad34-6a5f-4a52-9c7b-0d9f6f0e91c4',
          uptime_seconds: (at - start) / 1000 + Math.round(this.#random() * 4) / 100,
        },
        cpu: {
          total: {
            ...rest,
            busy_percent: busy,
            user_percent: share(busy * 0.7),
            system_percent: share(busy * 0.28),
            iowait_percent: iowait,
            idle_percent: 100 - busy - iowait,
          },
          cores: ticks.map((count, id) => ({
            id,
            share: {
              ...rest,
              busy_percent: count / 30,
              user_percent: 0,
              system_percent: 0,
              iowait_percent: 0,
              idle_percent: 100 - count / 30,
            },
          })),
        },
        memory: {
          ...{ total_bytes: total, used_bytes: this.#used * 1024, available_bytes: total - this.#used * 1024 },
          ...{ available_estimated: false, free_bytes: 0, buffers_bytes: 0, cached_bytes: this.#cached * 1024 },
          ...{ shared_bytes: 0, swap: { total_bytes: 2 ** 33, used_bytes: 2 ** 20 }, arc: null, scope: 'host' },
        },
        load: { one, five, fifteen, running: 1, tasks: 500 },
        problems: {},
      },
    };
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }
}

/** The top of some hundred processes: most rows stay, a few make room for others, some of which were never seen before. */
class BusyList {
  readonly #random = randomFrom(7);
  readonly #changes: number;
  #nextPid = 1000;
  #rows: Process[];
  #resting: Process[];

  constructor(changes: number) {
    this.#changes = changes;
    this.#rows = Array.from({ length: 24 }, () => this.#born());
    this.#resting = Array.from({ length: 40 }, () => this.#born());
  }

  next(at: number, everyMs: number): Sample {
    const window = Math.round(everyMs / 10 + this.#random() * 3) / 100;
    for (let left = this.#changes; left > this.#random(); left--) {
      // Of four that come, three have been here before.
      const leaving = 4 + Math.floor(this.#random() * 20);
      const place = Math.floor(this.#random() * this.#resting.length);
      const entrant = this.#random() < 0.25 ? this.#born() : (this.#resting[place] as Process);
      this.#resting[place] = this.#rows[leaving] as Process;
      this.#rows[leaving] = entrant;
    }
    this.#rows = this.#rows.map((row, i) => {
      // Ten of them work, the others are here for their memory.
      const ticks = i < 14 ? 0 : Math.floor((((this.#random() * everyMs) / 10) * (i - 13)) / 40);
      const share = (ticks / window / 100) * 100;
      const grows = this.#random() < 0.15 ? Math.floor((this.#random() - 0.4) * 40) * 4096 : 0;
      return {
        ...row,
        state: ticks > 60 ? 'R' : 'S',
        cpu_percent: share,
        cpu_host_percent: Math.min(100, share / cores),
        memory_bytes: Math.max(4096, (row.memory_bytes ?? 0) + grows),
      };
    });
    const list = [
      ...this.#rows.slice(14).sort((a, b) => (b.cpu_percent ?? 0) - (a.cpu_percent ?? 0)),
      ...this.#rows.slice(0, 14).sort((a, b) => (b.memory_bytes ?? 0) - (a.memory_bytes ?? 0)),
    ];
    return {
      kind: 'fast',
      collected_at: new Date(at).toISOString(),
      data: {
        clock: { boot_id: 'f3b8ad34-6a5f-4a52-9c7b-0d9f6f0e91c4', uptime_seconds: at / 1000 },
        cpu: { total: null, cores: Array.from({ length: cores }, (_, id) => ({ id, share: null })) },
        processes: { count: 300 + Math.floor(this.#random() * 4), window_seconds: window, list },
        problems: {},
      },
    };
  }

  #born(): Process {
    const pid = this.#nextPid++;
    const pick = <Value>(values: readonly Value[]) => values[Math.floor(this.#random() * values.length)] as Value;
    const word = () => Math.floor(this.#random() * 2 ** 32).toString(36);
    const [name, command, user] = pick([
      [
        'postgres',
        `postgres: 15/main: app_${pick(['web', 'jobs'])} shop_${word()} 10.0.${pid % 7}.${pid % 251}(${30_000 + pid}) SELECT`,
        'postgres',
      ],
      ['php-fpm8.2', `php-fpm: pool ${pick(['www', 'api', 'shop'])}`, 'www-data'],
      [
        'node',
        `/usr/bin/node --max-old-space-size=2048 /srv/${word()}/dist/server.js --port ${4000 + (pid % 100)}`,
        'deploy',
      ],
      [
        'java',
        `/usr/lib/jvm/java-17/bin/java -Xmx${1 + (pid % 8)}g -Dservice=${word()} -jar /opt/${word()}/service.jar`,
        'tomcat',
      ],
      ['kworker/u48:1', null, 'root'],
      [
        'kvm',
        `/usr/bin/kvm -id ${100 + (pid % 40)} -name ${word()},debug-threads=on -smbios type=1,uuid=${word()}-${word()}`,
        'root',
      ],
      ['sh', `/bin/sh -c /usr/lib/cron/${word()} --quiet`, 'root'],
    ] as const);
    const memory_bytes = 4096 * Math.floor(500 + 200_000 * this.#random() ** 3);
    return {
      pid,
      start_ticks: pid * 1313,
      name,
      command,
      user,
      state: 'S',
      cpu_percent: 0,
      cpu_host_percent: 0,
      memory_bytes,
      threads: pick([1, 1, 1, 8, 24]),
    };
  }
}
