import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { hostId, span } from './sample-fixture.ts';
import { openStore } from './store.ts';

const start = Date.UTC(2026, 3, 22, 12, 0, 30);
const everyMs = 2000;
/** As many as make a block, so that blocks are sealed while others are written. */
const samplesPerWrite = 240;

/**
 * Appends from sample number `from` on without waiting for the disk, and says of each what it was told is written
 * (`w`) and how many it has appended (`a`). The store flushes by itself as it does in a console, only more often.
 */
const ingest = (path: string, from: number) => `
  const { openStore } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url).href)});
  const { fastSample, hostId } = await import(${JSON.stringify(new URL('./sample-fixture.ts', import.meta.url).href)});
  const store = await openStore({ path: ${JSON.stringify(path)} });
  const say = (text) => process.stdout.write(text + '\\n');
  for (let i = ${from}; ; i += ${samplesPerWrite}) {
    store.append(hostId, Array.from({ length: ${samplesPerWrite} }, (_, k) => fastSample(${start} + (i + k) * ${everyMs}, i + k)));
    say('a ' + (i + ${samplesPerWrite}));
    await store.flush();
    say('w ' + (i + ${samplesPerWrite}));
  }`;

const environment = (database: string) => ({ NODE_COMPILE_CACHE: join(dirname(database), 'compiled') });

/** A process that runs this program, whose output is read. What is compiled is kept beside the database. */
export function startProgram(program: string, database: string): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(database),
  });
}

/** Compiles the store once: a process that is killed keeps nothing of that, and each would do it again. */
export function compileStore(database: string): void {
  const program = `await Promise.all([${['./store.ts', './sample-fixture.ts']
    .map((path) => `import(${JSON.stringify(new URL(path, import.meta.url).href)})`)
    .join(', ')}])`;
  execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: environment(database) });
}

/** What was found after a kill; all is well where it is `whole` and the rest is zero. */
export interface KillFindings {
  readonly kills: number;
  /** Databases that SQLite's own check found damaged. */
  readonly damaged: number;
  /** Samples that the store had said are written, and that are not there; or that are there twice, or with another value. */
  readonly lost: number;
  /** The most samples that one kill took of those that were on their way, in flushes. */
  readonly flushesMissing: number;
  /** Samples in sealed blocks at the end. */
  readonly sealed: number;
}

/** Kills a process that ingests, so many times at instants that `random` chooses, and looks at what is left each time. */
export async function killOften(path: string, kills: number, random: () => number): Promise<KillFindings> {
  let [written, damaged, lost, flushesMissing, sealed] = [0, 0, 0, 0, 0];
  for (let kill = 0; kill < kills; kill++) {
    const child = await killedAfter(ingest(path, written), path, 1 + Math.floor(8 * random()), 40 * random());
    const database = new Database(path);
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') damaged++;
    const before = sealed;
    sealed = database.prepare<[], number>('select coalesce(sum(samples), 0) from block').pluck().get() as number;
    database.close();
    if (sealed < before) lost += before - sealed;
    const kept = await keptIn(path, Math.max(0, written - samplesPerWrite), Math.max(written, child.appended));
    lost += kept.wrong + Math.max(0, Math.max(written, child.written) - kept.count);
    flushesMissing = Math.max(flushesMissing, (Math.max(kept.count, child.appended) - kept.count) / samplesPerWrite);
    written = kept.count;
  }
  lost += (await keptIn(path, 0, written)).wrong;
  return { kills, damaged, lost, flushesMissing, sealed };
}

/** Ends it with SIGKILL so many milliseconds after it has said so many lines. */
async function killedAfter(
  program: string,
  path: string,
  lines: number,
  ms: number,
): Promise<{ appended: number; written: number }> {
  const child = startProgram(program, path);
  const said = { appended: 0, written: 0 };
  let left = lines;
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const count = Number(line.slice(2));
    if (line.startsWith('a')) said.appended = count;
    else said.written = count;
    if (--left === 0) setTimeout(() => child.kill('SIGKILL'), ms);
  }
  await exit;
  return said;
}

/** How many samples there are, and how many from number `from` on are not what was appended. */
async function keptIn(path: string, from: number, to: number): Promise<{ count: number; wrong: number }> {
  const store = await openStore({ path });
  const [reading, first] = ['memory.used', start + from * everyMs];
  const { times, readings } = await store.series({
    ...{ hostId, readings: [reading], from: first, to: start + (to + 1) * everyMs, points: to - from + 3 },
  });
  await store.close();
  const values = readings[reading]?.mean ?? [];
  const expected = span(first, values.findLastIndex((value) => value !== null) + 1, everyMs);
  const wrong = expected.filter(
    (sample, i) => times[i] !== first + i * everyMs || values[i] !== sample.data.memory?.used_bytes,
  ).length;
  return { count: from + expected.length, wrong };
}
