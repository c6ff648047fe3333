import type { Process, Sample } from '../main/contract/samples.ts';
import { randomFrom } from './random.ts';

const cores = 24;

/** The top of some hundred processes: most rows stay, a few make room for others, some of which were never seen before. */
export class BusyList {
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
      started_seconds: pid * 13.13,
      parent_pid: 1 + (pid % 40),
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
