import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptedPrompts, sshTarget } from '../../e2e/lab/connecting.ts';
import { calmMedium, calmSlow, vdev } from '../../e2e/lab/pve/calm.ts';
import {
  type PveHost,
  type SceneName,
  sceneSeconds,
  script,
  startPveHost,
  whyNoPveHost,
} from '../../e2e/lab/pve-host.ts';
import type { Kind, Sample } from '../contract/samples.ts';
import { collectors } from '../domain/collect/collectors/index.ts';
import { createHealthTracker } from '../domain/health/tracker.ts';
import { defaultThresholds } from '../domain/present/levels.ts';
import { startSession } from './collect/session.ts';
import { openDumpWriter } from './dumps/dump-writer.ts';
import { openDump } from './dumps/open-dump.ts';
import { createSshConnect } from './ssh/connect.ts';
import { optionsIn, routeTo } from './ssh/lab-fixture.ts';

/** A host with ZFS and Proxmox VE through everything that can happen to it: live through sshd, and out of its dump. */
const hindrance = whyNoPveHost();
beforeAll(() => {
  if (hindrance !== null) process.stderr.write(`A host with Proxmox VE and ZFS is not tested: ${hindrance}.\n`);
});

const slower = ['medium', 'slow'] as const;
type Played = Record<SceneName, Record<(typeof slower)[number], Sample>>;

/** While zpool hangs: nobody waits longer for it than has to be. */
let hangs = false;
const impatient = collectors.map((collector) => ({
  ...collector,
  commands: collector.commands.map((command) => {
    if (command.type !== 'run' || !/^z(?:pool|fs)$/.test(command.tool ?? '')) return command;
    const { deadlineSeconds, ...rest } = command;
    return Object.defineProperty({ ...rest, deadlineSeconds }, 'deadlineSeconds', {
      get: () => (hangs ? 1 : deadlineSeconds),
    });
  }),
}));

let begin = 0;
let folder = '';
let wronglyAsked: string[] = [];
const live: Sample[] = [];
const replayed: Sample[] = [];
const played: Partial<Played> = {};
const samplesOf = (scene: SceneName) => (played as Played)[scene];

beforeAll(async () => {
  if (hindrance !== null) return;
  folder = await mkdtemp(join(tmpdir(), 'rackside-pve-dump-'));
  const host = await startPveHost();
  begin = host.begin;
  try {
    await play(host);
    wronglyAsked = host.wronglyAsked();
  } finally {
    await host.stop();
  }
  const dump = await openDump(join(folder, 'dump'));
  for await (const sample of dump.replay()) replayed.push(sample);
  await dump.close();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Has each scene collected once, and all of it recorded. */
async function play(host: PveHost): Promise<void> {
  const never = new AbortController().signal;
  const connect = createSshConnect(routeTo(sshTarget(host, { user: host.user })), optionsIn(host.directory));
  const transport = await connect(scriptedPrompts(), never);
  const writer = await openDumpWriter({
    directory: join(folder, 'dump'),
    onFault: (fault) => expect(fault).toBeNull(),
  });
  const failed = Promise.withResolvers<never>();
  let came = new Map<Kind, PromiseWithResolvers<Sample>>();
  const begins = () => {
    came = new Map(slower.map((kind) => [kind, Promise.withResolvers()]));
  };
  begins();
  const session = await startSession({
    transport,
    collectors: impatient,
    signal: never,
    onRecord: (record) => writer.push(record),
    onSample: (sample) => {
      live.push(sample);
      came.get(sample.kind)?.resolve(sample);
    },
    onEnd: (fault) => failed.reject(new Error(fault?.message ?? 'It ended')),
  });
  // As a host that is looked at.
  session.setFastSeconds(2);
  for (const scene of script) {
    if (scene !== 'calm') {
      hangs = scene.startsWith('zpool hangs');
      host.show(scene);
      begins();
      session.requestFirst();
    }
    const both = Promise.all(slower.map((kind) => came.get(kind)?.promise));
    const [medium, slow] = (await Promise.race([both, failed.promise])) as [Sample, Sample];
    played[scene] = { medium, slow };
  }
  failed.promise.catch(() => undefined);
  session.close();
  await writer.close();
  transport.close();
}

/** What may change from scene to scene, and nothing of this machine's own. */
function changing({ medium, slow }: Played[SceneName]) {
  const tank = medium.data.zfs?.pools.find(({ name }) => name === 'tank');
  const runner = medium.data.containers?.list.find(({ name }) => name === 'runner');
  const scan = tank?.scan;
  const failed = [medium, slow].flatMap(({ data }) =>
    Object.entries(data.problems).flatMap(([id, { status }]) => (status === 'failed' ? [id] : [])),
  );
  return {
    tank: tank === undefined ? null : tank.state,
    scan: scan == null ? null : [scan.function, scan.state, scan.progress_percent, scan.remaining_seconds],
    sdc: tank?.vdevs.find(({ name }) => name === 'sdc') ?? null,
    nvme: slow.data.smart?.disks
      .filter(({ verdict }) => verdict !== 'ok' && verdict !== null)
      .map(({ device, verdict, reasons }) => [device, verdict, reasons]),
    runner: [runner?.state, runner?.restarts, runner?.exit_code, runner?.up_seconds],
    units: [medium.data.units?.state, medium.data.units?.failed.map(({ name }) => name)],
    failed,
  };
}

const calm = {
  tank: 'ONLINE',
  scan: ['scrub', 'finished', null, null],
  sdc: vdev('sdc'),
  nvme: [],
  runner: ['running', 0, null, 777_600],
  units: ['running', []],
  failed: [],
};
const failing = {
  ...calm,
  tank: 'DEGRADED',
  sdc: vdev('sdc', {
    ...{ state: 'FAULTED', read_errors: 31, write_errors: 4, checksum_errors: 12, note: 'too many errors' },
  }),
  nvme: [['/dev/nvme1', 'bad', ['the disk says that it is failing', 'spare below its threshold', '97 % worn']]],
  runner: ['restarting', 9, 137, null],
  units: ['degraded', ['smartmontools.service']],
};
const expected: Record<SceneName, unknown> = {
  calm,
  'scrub begins': { ...calm, scan: ['scrub', 'running', 12.5, 1991] },
  'scrub goes on': { ...calm, scan: ['scrub', 'running', 37.5, 1422] },
  'a disk miscounts': { ...calm, scan: ['scrub', 'running', 62.5, 853], sdc: vdev('sdc', { checksum_errors: 12 }) },
  'a disk is lost': { ...calm, tank: 'DEGRADED', sdc: failing.sdc },
  'nvme and container fail': failing,
  'zpool hangs': { ...failing, tank: null, scan: null, sdc: null, failed: ['zfs', 'datasets'] },
  'zpool hangs on': { ...failing, tank: null, scan: null, sdc: null, failed: ['zfs', 'datasets'] },
  resilver: {
    ...calm,
    ...{ tank: 'DEGRADED', scan: ['resilver', 'running', 20, 1820], sdc: vdev('sdc', { note: '(resilvering)' }) },
  },
  'well again': { ...calm, scan: ['resilver', 'finished', null, null] },
};

/** All that comes and goes, and nothing else. */
const expectedEvents = [
  'a disk miscounts: raised warn pool tank: sdc 12 checksum errors',
  'a disk is lost: worsened bad pool tank DEGRADED: sdc FAULTED: too many errors, sdc 31 read errors, 4 write errors, 12 checksum errors',
  'nvme and container fail: raised bad container runner restarting, 9 restarts, exit 137',
  'nvme and container fail: raised warn 1 unit failed: smartmontools.service',
  'nvme and container fail: raised bad nvme1 the disk says that it is failing, spare below its threshold, 97 % worn',
  'zpool hangs on: raised warn zfs could not be read: ZFS: zpool did not answer within 15 s.',
  'zpool hangs on: raised warn datasets could not be read: ZFS datasets: zfs did not answer within 30 s.',
  'resilver: eased warn pool tank DEGRADED',
  'resilver: raised warn pool tank: resilver under way, 20.0 % done',
  'resilver: cleared bad container runner restarting, 9 restarts, exit 137',
  'resilver: cleared warn 1 unit failed: smartmontools.service',
  'resilver: cleared warn zfs could not be read: ZFS: zpool did not answer within 15 s.',
  'resilver: cleared bad nvme1 the disk says that it is failing, spare below its threshold, 97 % worn',
  'resilver: cleared warn datasets could not be read: ZFS datasets: zfs did not answer within 30 s.',
  'well again: cleared warn pool tank DEGRADED',
  'well again: cleared warn pool tank: resilver under way, 20.0 % done',
];

describe.skipIf(hindrance !== null)('a host with Proxmox VE and ZFS', () => {
  test.each(script)('in scene "%s" it is told as it is', (scene) => {
    expect(changing(samplesOf(scene))).toEqual(expected[scene]);
  });

  test('when all is well, everything is told', () => {
    const { medium, slow } = samplesOf('calm');
    const { zfs, proxmox, containers, units } = medium.data;
    expect({ zfs, proxmox, containers, units }).toEqual(calmMedium(begin));
    const { datasets, smart, backups, timers } = slow.data;
    expect({ datasets, smart, backups, timers }).toEqual(calmSlow(begin));
  });

  test('guests and containers have rates from the second report on', () => {
    const { proxmox, containers } = samplesOf('scrub begins').medium.data;
    expect(proxmox?.guests[0]).toMatchObject({
      rx_bytes_per_second: 1000,
      tx_bytes_per_second: 400,
      read_bytes_per_second: 250,
      write_bytes_per_second: 500,
    });
    expect(containers?.list[0]?.cpu_percent).toBeGreaterThan(0);
  });

  test('no disk was woken, and nobody was asked who costs a second', () => {
    expect(wronglyAsked).toEqual([]);
  });

  test('its dump gives the same samples', () => {
    expect(replayed.length).toBeGreaterThanOrEqual(3 * script.length);
    expect(replayed).toEqual(live);
  });

  test('what is wrong comes and goes as the script has it, live and out of the dump', () => {
    expect(events(live)).toEqual(expectedEvents);
    expect(events(replayed)).toEqual(expectedEvents);
  });
});

/** Readings that are this machine's own, whatever the host is made to be. */
const ofMachine = new Set(['filesystems', 'wall_clock', 'updates', 'lvm', 'sessions', 'listeners', 'raids']);

/** What the samples raise and clear, as if each scene had lasted as long as the script says. */
function events(samples: readonly Sample[]): string[] {
  const tracker = createHealthTracker();
  return script.flatMap((scene) =>
    slower.flatMap((kind) => {
      const { collected_at } = samplesOf(scene)[kind];
      const sample = samples.find((one) => one.kind === kind && one.collected_at === collected_at) as Sample;
      const at = new Date((begin + script.indexOf(scene) * sceneSeconds) * 1000).toISOString();
      return tracker
        .take({ ...sample, collected_at: at }, defaultThresholds)
        .filter(({ finding }) => !ofMachine.has(finding.collector))
        .map(({ change, finding }) => `${scene}: ${change} ${finding.severity} ${finding.text}`);
    }),
  );
}
