import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatEntry } from '../main/domain/dump/format-entry.ts';
import { openDump } from '../main/services/dumps/open-dump.ts';
import { damage, damageNames, type Piece } from './dump-damages.ts';
import { randomFrom } from './random.ts';
import type { Report } from './report.ts';

export interface DumpFuzzResult {
  readonly damages: number;
  /** Entries that were whole, with whole ones around them, and those of them that were not read as they are. */
  readonly sheltered: number;
  readonly lost: readonly string[];
  /** The same of those that stand beside damage: one neighbour may be lost. */
  readonly neighbours: number;
  readonly lostNeighbours: number;
  /** What was thrown; a dump without an entry is refused, and that is none. */
  readonly crashes: readonly string[];
  /** Of one opening, in milliseconds. */
  readonly slowest: number;
}

interface Whole {
  readonly bytes: Buffer;
  /** Of each entry, and the end. */
  readonly starts: readonly number[];
  readonly bodies: readonly { readonly offset: number; readonly size: number }[];
}

const seed = 20_260_422;

/** Ten thousand damaged dumps, opened and read. */
export async function dumpFuzzBench(report: Report): Promise<void> {
  const result = await dumpFuzz(10_000, seed);
  for (const line of [...result.crashes, ...result.lost].slice(0, 20)) console.error(line);
  const figure = { bench: 'dump-fuzz', rival: null, unit: '', bar: null };
  report({ ...figure, figure: 'damages', value: result.damages });
  report({ ...figure, figure: 'whole entries between whole ones', value: result.sheltered });
  report({ ...figure, figure: 'lost of them', value: result.lost.length, bar: 0 });
  report({ ...figure, figure: 'whole entries beside damage', value: result.neighbours });
  report({ ...figure, figure: 'lost of those', value: result.lostNeighbours });
  report({ ...figure, figure: 'crashes', value: result.crashes.length, bar: 0 });
  report({ ...figure, figure: 'slowest opening', value: result.slowest, unit: 'ms', bar: 1000 });
}

export async function dumpFuzz(damages: number, seed: number): Promise<DumpFuzzResult> {
  const random = randomFrom(seed);
  const directory = mkdtempSync(join(tmpdir(), 'rackside-dump-fuzz-'));
  const path = join(directory, 'commands.log');
  const lost: string[] = [];
  const crashes: string[] = [];
  let [sheltered, neighbours, lostNeighbours, slowest] = [0, 0, 0, 0];
  try {
    for (let index = 0; index < damages; index++) {
      const name = damageNames[index % damageNames.length] as string;
      const whole = makeWhole(random);
      const { pieces, bytes } = damage(name, whole.bytes, whole.starts, random);
      writeFileSync(path, bytes);
      const began = performance.now();
      const read = await readBack(path).catch((error) => {
        crashes.push(`${index} (${name}): ${error.stack}`);
        return null;
      });
      slowest = Math.max(slowest, performance.now() - began);
      if (read === null) continue;
      for (const { entry, at, isSheltered } of intactIn(whole, pieces)) {
        const { offset, size } = whole.bodies[entry] as Whole['bodies'][number];
        const wanted = `${at + offset - (whole.starts[entry] as number)}+${size}`;
        const isFound = read.get(at) === wanted;
        if (isSheltered) sheltered += 1;
        else neighbours += 1;
        if (isFound) continue;
        if (isSheltered) lost.push(`${index} (${name}): entry ${entry} at ${at} is ${read.get(at) ?? 'missing'}`);
        else lostNeighbours += 1;
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return { damages, sheltered, lost, neighbours, lostNeighbours, crashes, slowest };
}

/** Where the sound entries begin, and what their bodies are; all records are read too. */
async function readBack(path: string): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const dump = await openDump(path).catch((error) => {
    if (error.fault?.code === 'bad_input') return null;
    throw error;
  });
  if (dump === null) return found;
  try {
    const { table } = dump.log;
    for (let position = 0; position < table.count; position++) {
      const { offset, bodyOffset, size, state } = table.place(position);
      if (state === 'sound') found.set(offset, `${bodyOffset}+${size}`);
    }
    for await (const _ of dump.records());
  } finally {
    await dump.close();
  }
  return found;
}

/** Entries that are in one piece, and where; sheltered: with such another right before and behind, or an end of the file. */
function* intactIn(
  { starts, bytes }: Whole,
  pieces: readonly Piece[],
): Generator<{ entry: number; at: number; isSheltered: boolean }> {
  let at = 0;
  for (const piece of pieces) {
    if ('bytes' in piece) {
      at += piece.bytes.length;
      continue;
    }
    const { from, to } = piece;
    const inside = (entry: number) => (starts[entry] ?? -1) >= from && (starts[entry + 1] ?? bytes.length + 1) <= to;
    for (let entry = 0; entry < starts.length - 1; entry++) {
      if (!inside(entry)) continue;
      const isFirst = entry === 0 && at === 0;
      const isLast = entry === starts.length - 2 && piece === pieces.at(-1);
      const isSheltered = (isFirst || inside(entry - 1)) && (isLast || inside(entry + 1));
      yield { entry, at: at + (starts[entry] as number) - from, isSheltered };
    }
    at += to - from;
  }
}

/** A dump of some thirty entries of every shape, another one each time. */
function makeWhole(random: () => number): Whole {
  const parts: Uint8Array[] = [];
  const starts: number[] = [];
  const bodies: { offset: number; size: number }[] = [];
  let at = 0;
  for (let index = 0; index < 30; index++) {
    const body = shapes[Math.floor(random() * shapes.length)]?.(random) ?? '';
    const isBare = random() < 0.05;
    const stdout = isBare ? Buffer.alloc(0) : Buffer.from(body, 'latin1');
    const entry = formatEntry({
      command: commands[Math.floor(random() * commands.length)] as string,
      endedAt: Date.UTC(2026, 3, 22) + index * 1000,
      exit: isBare ? null : 0,
      error: isBare ? '{:enoent, "zpool"}' : null,
      durationMs: Math.floor(random() * 100),
      ...{ stdout, stderr: Buffer.alloc(0), truncated: false, timedOut: false },
    });
    starts.push(at);
    bodies.push({ offset: at + (entry[0] as Uint8Array).length - (isBare ? 1 : 0), size: stdout.length });
    for (const part of entry) {
      parts.push(part);
      at += part.length;
    }
  }
  return { bytes: Buffer.concat(parts), starts: [...starts, at], bodies };
}

const commands = ['uptime', 'cat /proc/loadavg', 'zpool list -j', "sh -c '\n  for x in 1 2\n  do echo $x\n  done'"];

const shapes: readonly ((random: () => number) => string)[] = [
  () => '',
  () => '\n\n',
  (random) => 'a line of text\n'.repeat(1 + Math.floor(random() * 200)),
  (random) => Array.from({ length: 500 }, () => String.fromCharCode(Math.floor(random() * 256))).join(''),
  () => 'x\n\n===== 2026-04-22T20:13:19.123456Z =====\n$ forged\nexit=0  duration=1ms  size=3\n\nabc\n\n',
  () => '===== 2026-04-22T20:13:19.123456Z =====\n$ forged\nexit=0  duration=1ms  size=300000\n\n',
];
