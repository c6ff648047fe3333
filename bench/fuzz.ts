import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeHost, startFakeHost } from '../e2e/lab/fake-host.ts';
import type { Transport } from '../main/domain/collect/transport.ts';
import type { FleetService } from '../main/services/fleet/fleet-service.ts';
import { openStore } from '../main/services/store/store.ts';
import { createLabFleet } from './lab-fleet.ts';
import { keptMiB, percentile } from './measure.ts';
import { createOracle } from './oracle.ts';
import { latenessOf, missedIn } from './punctuality.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';

const hostileSeconds = 0.5;
/** A host that falls silent is left for another round soon. */
const roundLimitMs = 2000;
const retryMs = 100;
/** So many are enough to find out why. */
const mostWrong = 5;

export interface FuzzOptions {
  readonly seconds: number;
  readonly hosts: number;
  readonly seed: number;
  /** Between the samples of the honest host beside them. */
  readonly honestSeconds: number;
  /** Until memory is measured first. */
  readonly warmUpSeconds: number;
}

export interface FuzzResult {
  /** Asked of the hostile hosts. */
  readonly rounds: number;
  /** That came through from them. */
  readonly samples: number;
  /** Errors that nobody caught, and faults that Rackside blamed itself for. */
  readonly crashes: readonly string[];
  /** Where a sample has what no honest one has. */
  readonly wrong: readonly string[];
  /** Of what is reachable in memory. */
  readonly growthMiB: number;
  /** Of an honest host beside them, in milliseconds, and how often it was left out. */
  readonly lateness: readonly number[];
  readonly missed: number;
}

/** Ten minutes of hosts that send cut, repeated, reordered, giant, binary and forged frames. */
export async function fuzzBench(report: Report): Promise<void> {
  const seed = Number(process.env.RACKSIDE_BENCH_SEED ?? Date.now() % 100_000);
  const result = await fuzz({ seconds: 600, hosts: 24, seed, honestSeconds: 5, warmUpSeconds: 60 });
  for (const line of [...result.crashes, ...result.wrong]) console.error(line);
  const figure = { bench: 'fuzz', rival: null, unit: '', bar: null };
  report({ ...figure, figure: 'seed', value: seed });
  report({ ...figure, figure: 'rounds asked of hostile hosts', value: result.rounds });
  report({ ...figure, figure: 'samples that came through', value: result.samples });
  report({ ...figure, figure: 'crashes', value: result.crashes.length, bar: 0 });
  report({ ...figure, figure: 'wrong numbers', value: result.wrong.length, bar: 0 });
  report({ ...figure, figure: 'growth of memory after a minute', value: result.growthMiB, unit: 'MiB', bar: 10 });
  report({ ...figure, figure: 'samples of the honest host', value: result.lateness.length });
  report({ ...figure, figure: 'its missed deadlines', value: result.missed, bar: 0 });
  const lateness = percentile(result.lateness, 99);
  report({ ...figure, figure: 'its lateness p99', value: lateness, unit: 'ms', bar: 1000 });
}

/** Real SSH to hostile servers in a process of their own and to an honest one in another, up to the store on a disk. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { seconds, hosts, seed, honestSeconds, warmUpSeconds } = options;
  const directory = mkdtempSync(join(tmpdir(), 'rackside-fuzz-'));
  const recording = await recordRounds(8);
  const oracle = createOracle(recording);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  process.env.RACKSIDE_BENCH_SEED = String(seed);
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const crashes: string[] = [];
  const wrong: string[] = [];
  const arrivals: number[] = [];
  let [rounds, samples] = [0, 0];
  const onCrash = (error: unknown) => void crashes.push(error instanceof Error ? `${error.stack}` : String(error));
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  const started: FakeHost[] = [];
  const store = await openStore({ path: join(directory, 'rackside.db') });
  let fleet: FleetService | null = null;
  let again: NodeJS.Timeout | undefined;
  try {
    const begin = async (module: string, ports: number) => {
      const fake = await startFakeHost({ none: true, module: new URL(module, import.meta.url).href, ports });
      started.push(fake);
      return fake.ports;
    };
    const ports = [...(await begin('./replaying-host.ts', 1)), ...(await begin('./fuzzing-host.ts', hosts))];
    fleet = await createLabFleet({
      ...{ store, directory, ports, roundLimitMs, retryMs },
      fastSeconds: (index) => (index === 0 ? honestSeconds : hostileSeconds),
      onSample: (sample, index) => {
        if (index === 0 && sample.kind === 'fast') arrivals.push(performance.now());
        if (index !== 0) samples += 1;
        // To be sure of one takes seconds, in which the honest host waits.
        const found = wrong.length < mostWrong ? oracle(sample) : null;
        if (found !== null) wrong.push(`Host ${index}: ${found}`);
      },
      onEnd: (fault) => {
        if (fault?.code === 'internal') crashes.push(fault.message);
      },
      through: (transport) => countingTicks(transport, () => (rounds += 1)),
    });
    fleet.start();
    again = setInterval(reconnect, retryMs, fleet);
    await sleep(warmUpSeconds);
    const before = keptMiB();
    await sleep(seconds - warmUpSeconds);
    const growthMiB = keptMiB() - before;
    await store.flush();
    const { problem } = await store.health();
    if (problem !== null && /not being written|could not be packed/.test(problem)) crashes.push(problem);
    // The first two come as quickly as can be.
    const regular = arrivals.slice(2);
    const [periodMs, regularMs] = [honestSeconds * 1000, (regular.at(-1) ?? 0) - (regular[0] ?? 0)];
    return {
      ...{ rounds, samples, crashes, wrong, growthMiB },
      lateness: latenessOf(regular, periodMs),
      missed: missedIn(regular, periodMs, regularMs),
    };
  } finally {
    process.off('uncaughtException', onCrash);
    process.off('unhandledRejection', onCrash);
    clearInterval(again);
    await fleet?.close();
    await store.close();
    for (const fake of started) await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A host that answers with nonsense at once is left alone until somebody connects it again. */
function reconnect(fleet: FleetService): void {
  for (const { host, connection } of fleet.list().hosts) if (connection.state === 'stopped') fleet.connect(host.id);
}

function countingTicks(transport: Transport, onTick: () => void): Transport {
  return {
    by: transport.by,
    start: async (signal) => {
      const channel = await transport.start(signal);
      const write = (text: string) => {
        if (text.startsWith('tick ')) onTick();
        channel.write(text);
      };
      return { ...channel, write };
    },
    run: transport.run,
    onClose: transport.onClose,
    close: transport.close,
  };
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
