import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import type { Gap } from '../main/contract/history.ts';
import type { FleetService } from '../main/services/fleet/fleet-service.ts';
import { openStore } from '../main/services/store/store.ts';
import { fillProcesses } from './idle-processes.ts';
import { createLabFleet } from './lab-fleet.ts';
import { keptMiB } from './measure.ts';
import { recordRounds } from './recording.ts';
import type { Report } from './report.ts';
import type { Spoiled } from './spoiling-proxies.ts';

const hosts = 500;
const cadenceSeconds = 5;
const warmUpSeconds = 90;
const measuredSeconds = 600;
/** After the last link is whole again: a key exchange that hung has to give up, and to begin anew. */
const recoverySeconds = 45;

/**
 * Five hundred connections over links of which one in a hundred is cut or stalled each second. What the console says of
 * it is held against what was done: no gap without a reason, none with another one, and everybody back at the end.
 */
export async function badLinksBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  const filled = await fillProcesses(100);
  const recording = await recordRounds(20).finally(filled.end);
  process.env.RACKSIDE_BENCH_RECORDING = join(directory, 'recording.json');
  writeFileSync(process.env.RACKSIDE_BENCH_RECORDING, JSON.stringify(recording));
  const module = new URL('./replaying-host.ts', import.meta.url).href;
  const fake = await startFakeHost({ none: true, module, ports: hosts });
  const proxies = await startProxies(fake.ports);
  const store = await openStore({ path: join(directory, 'rackside.db') });
  const gaps: { index: number; gap: Gap }[] = [];
  let samples = 0;
  let fleet: FleetService | null = null;
  try {
    fleet = await createLabFleet({
      ...{ store, directory, ports: proxies.ports, fastSeconds: () => cadenceSeconds },
      wantedSeconds: cadenceSeconds,
      onSample: () => {
        samples += 1;
      },
      onGap: (gap, index) => gaps.push({ gap, index }),
    });
    fleet.start();
    await sleep(30_000);
    proxies.spoil();
    await sleep(warmUpSeconds * 1000);
    const before = keptMiB();
    await sleep(measuredSeconds * 1000);
    const growth = keptMiB() - before;
    const spoiled = await proxies.mend();
    await sleep(recoverySeconds * 1000);
    const states = fleet.list().hosts.map(({ connection }) => connection.state);

    const overlaps = ({ gap, index }: (typeof gaps)[number]) =>
      spoiled.some((one) => one.index === index && one.at < gap.to && one.until > gap.from);
    const figure = { bench: 'bad-links', unit: '', rival: null };
    report({ ...figure, figure: 'links cut or stalled', value: spoiled.length, bar: null });
    report({ ...figure, figure: 'samples', value: samples, bar: null });
    report({ ...figure, figure: 'gaps told', value: gaps.length, bar: null });
    report({
      ...figure,
      figure: 'gaps on links that were whole',
      value: gaps.filter((one) => !overlaps(one)).length,
      bar: 0,
    });
    report({
      ...figure,
      figure: 'gaps with another cause',
      value: gaps.filter(({ gap }) => !isLink(gap)).length,
      bar: 0,
    });
    report({
      ...figure,
      figure: 'hosts not back at the end',
      value: states.filter((state) => state !== 'live').length,
      bar: 0,
    });
    report({ ...figure, figure: 'growth of memory in ten minutes', value: growth, unit: 'MiB', bar: 1 });
  } finally {
    await fleet?.close();
    await store.close();
    await proxies.stop();
    await fake.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function isLink({ cause }: Gap): boolean {
  return cause === 'unreachable' || cause === 'timed_out';
}

/** Proxies before the hosts, in a process of their own. */
async function startProxies(targets: readonly number[]) {
  const program = new URL('./spoiling-proxies.ts', import.meta.url).pathname;
  const child = fork(program, [], { execArgv: [], env: { ...process.env, PROXY_TARGETS: targets.join(',') } });
  const answer = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T;
  const ports = await answer<number[]>();
  return {
    ports,
    spoil: () => child.send('spoil'),
    mend: () => {
      child.send('mend');
      return answer<Spoiled[]>();
    },
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
