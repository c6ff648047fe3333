import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { formatTimestamp } from '../main/domain/dump/timestamp.ts';
import { randomFrom } from './random.ts';

/** What a made dump is known to hold, for benches that count. */
export interface MadeDump {
  readonly bytes: number;
  readonly entries: number;
  readonly failed: number;
  /** Entries whose body holds `rareWord`. */
  readonly rare: number;
  /** Lines that look like an entry's first, inside outputs. */
  readonly forged: number;
  readonly torn: number;
}

export interface DumpPlan {
  readonly bytes: number;
  readonly seed: number;
  /** `mixed`: 300 B to 20 kB, 3.9 kB in the mean. `small`: 441 B in the mean. */
  readonly sizes: 'mixed' | 'small';
  /** Records that a kill tore, the next one glued on in the middle of a line. */
  readonly torn?: number;
  /** Runs of NULs, as a file system leaves them behind after a crash, over whole entries. */
  readonly holes?: number;
  readonly forged?: number;
  readonly rare?: number;
  /** Every size wrong by this prefix digit. */
  readonly lyingPrefix?: string;
  /** The last entry ends in its body. */
  readonly cutTail?: boolean;
}

export const rareWord = 'xyzzy-once-in-a-while';
const start = Date.UTC(2026, 3, 22, 20, 13, 19);
const batchBytes = 4 << 20;

const commands = [
  'zpool status -P -v',
  'zpool list -H -p',
  'zfs list -H -p -o name,used,avail,refer,mountpoint',
  'cat /proc/meminfo',
  'cat /proc/stat',
  'cat /proc/loadavg',
  'ps -eo pid,ppid,user,stat,etimes,rss,args --sort=-rss',
  'df -B1 -T -x tmpfs -x devtmpfs',
  'pvesh get /cluster/resources --output-format json',
  'smartctl -a -j /dev/sda',
  'smartctl -a -j /dev/nvme0n1',
  'systemctl list-units --failed --no-legend',
  'cat /proc/net/dev',
  "sh -c 'for i in 1 2 3; do cat /proc/diskstats; done'",
] as const;

/** Writes a `commands.log` like those of hosts in the field: the same bytes for the same plan. */
export async function makeCommandsLog(path: string, plan: DumpPlan): Promise<MadeDump> {
  const random = randomFrom(plan.seed);
  const pool = textPool(random);
  const file = createWriteStream(path, { mode: 0o600 });
  const mean = plan.sizes === 'small' ? 441 : 3882;
  const planned = Math.floor(plan.bytes / mean);
  const at = (count: number) =>
    new Set(Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * planned) / count)));
  const [torn, holes, forged, rare] = [plan.torn, plan.holes, plan.forged, plan.rare].map((n) => at(n ?? 0)) as [
    Set<number>,
    Set<number>,
    Set<number>,
    Set<number>,
  ];
  const made = { bytes: 0, entries: 0, failed: 0, rare: 0, forged: 0, torn: 0 };
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let time = start;

  for (let index = 0; made.bytes < plan.bytes; index++) {
    time += 40 + Math.floor(random() * 400);
    const command = commands[Math.floor(random() * commands.length)] as string;
    let body = bodyOf(pool, plan.sizes, random);
    if (forged.has(index)) {
      body = Buffer.concat([body, Buffer.from(`\n===== ${formatTimestamp(time - 86_400_000)} =====\nnot a command\n`)]);
      made.forged += 1;
    }
    if (rare.has(index)) {
      body = Buffer.concat([body, Buffer.from(`${rareWord}\n`)]);
      made.rare += 1;
    }
    const exit = random() < 0.012 ? 1 : 0;
    const size = `${plan.lyingPrefix ?? ''}${body.length}`;
    const head = `===== ${formatTimestamp(time)} =====\n$ ${command}\nexit=${exit}  duration=${Math.floor(random() * 90)}ms  size=${size}\n\n`;
    let entry = Buffer.concat([Buffer.from(head), body, Buffer.from('\n\n')]);
    if (torn.has(index)) {
      entry = entry.subarray(0, head.length + Math.floor(body.length / 2));
      made.torn += 1;
    }
    const isHole = holes.has(index);
    if (isHole) entry = Buffer.alloc(4096 + Math.floor(random() * 196_000));
    made.entries += isHole ? 0 : 1;
    made.failed += isHole || exit === 0 ? 0 : 1;
    made.bytes += entry.length;
    waiting.push(entry);
    waitingBytes += entry.length;
    if (waitingBytes < batchBytes) continue;
    if (!file.write(Buffer.concat(waiting))) await once(file, 'drain');
    waiting = [];
    waitingBytes = 0;
  }
  if (plan.cutTail === true) {
    const head = `===== ${formatTimestamp(time + 1000)} =====\n$ ${commands[0]}\nexit=0  duration=5ms  size=4000\n\n`;
    const tail = Buffer.from(`${head}  pool: tank\n state: ONL`);
    waiting.push(tail);
    made.bytes += tail.length;
    made.entries += 1;
    made.torn += 1;
  }
  file.end(Buffer.concat(waiting));
  await once(file, 'close');
  return made;
}

/** Lines to cut bodies from; made once, because the text does not matter to a scan. */
function textPool(random: () => number): Buffer {
  const words = [
    'tank',
    'ONLINE',
    'DEGRADED',
    'raidz2-0',
    'sda',
    'root',
    '0',
    '1024',
    'mirror-1',
    'kworker/0:1',
    'AVAIL',
    '/usr/sbin/pvestatd',
    '12.5',
    '-',
    'rpool/data',
  ];
  let text = '';
  while (text.length < 1 << 20) {
    const length = 2 + Math.floor(random() * 10);
    const line: string[] = [];
    for (let i = 0; i < length; i++) line.push(words[Math.floor(random() ** 2 * words.length)] as string);
    // About 20,000 lines in a GiB.
    if (random() < 0.001) line.push(random() < 0.5 ? 'FAULTED' : 'cannot open');
    text += `${line.join('  ')}\n`;
  }
  return Buffer.from(text);
}

function bodyOf(pool: Buffer, sizes: DumpPlan['sizes'], random: () => number): Buffer {
  const length = sizes === 'small' ? 100 + Math.floor(random() * 480) : Math.floor(200 + 19_300 * random() ** 4.4);
  const from = Math.floor(random() * (pool.length - length));
  return pool.subarray(from, from + length);
}

/** Writes a `samples.log` of about that size, with fast and medium samples; answers how many. */
export async function makeSamplesLog(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path, { mode: 0o600 });
  const random = randomFrom(5);
  let written = 0;
  let count = 0;
  for (let at = start; written < bytes; at += 2000, count++) {
    const kind = count % 5 === 4 ? 'medium' : 'fast';
    const list = Array.from({ length: 12 }, (_, i) => ({
      pid: 1000 + i,
      name: `process-${i}`,
      cpu_percent: Math.round(random() * 1000) / 10,
    }));
    const data = {
      clock: { boot_id: null, uptime_seconds: at / 1000 - start / 1000 },
      processes: { count: 300, list },
      problems: {},
    };
    const json = JSON.stringify({ collected_at: new Date(at).toISOString(), data }, null, 2);
    const text = `===== ${formatTimestamp(at + 100)}  kind=${kind} =====\n${json}\n\n`;
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return count;
}
