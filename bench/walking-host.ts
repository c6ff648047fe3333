import type { Sample } from '../main/contract/samples.ts';
import { randomFrom } from './random.ts';

const bootedAt = Date.UTC(2026, 2, 30);

/** A server of 24 cores, or as many as are told: each walks about its own load by 0.3 to 3 %, counted in ticks; memory moves by megabytes. */
export class WalkingHost {
  readonly #random: () => number;
  readonly #cores: number;
  readonly #loads: { at: number; home: number; pace: number }[];
  #used = 2 ** 23;
  #cached = 2 ** 24;
  #load = [2, 2, 2] as [number, number, number];

  constructor(seed: number, cores = 24) {
    this.#random = randomFrom(seed);
    this.#cores = cores;
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
    const busy = ticks.reduce((sum, count) => sum + count, 0) / 30 / this.#cores;
    const share = (percent: number) => Math.round(percent * 30 * this.#cores) / 30 / this.#cores;
    this.#used += Math.round(this.#normal() * 3000);
    this.#cached += Math.round(Math.abs(this.#normal()) * 800);
    this.#load = [1, 5, 15].map((minutes, i) => {
      const now = this.#load[i] as number;
      return now + ((busy * this.#cores) / 100 + this.#normal() - now) * (1 - Math.exp(-0.5 / minutes));
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
          uptime_seconds: (at - bootedAt) / 1000 + Math.round(this.#random() * 4) / 100,
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
