import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Process } from '../../../../contract/samples.ts';
import {
  awkNames,
  closed,
  endAll,
  leftovers,
  open,
  pathWith,
  ready,
  removeScratch,
  running,
  shellNames,
  until,
  which,
} from '../../../../services/collect/program-fixture.ts';
import { createPipeline } from '../../pipeline.ts';
import { parseCgroups } from './cgroup.ts';
import { processes } from './processes.ts';

/** The disk half of the list, from real processes, in every shell and awk. */

// Where disks are: a file in memory is written to none.
const folder = mkdtempSync(join(process.platform === 'linux' ? '/var/tmp' : tmpdir(), 'rackside-io-'));
chmodSync(folder, 0o777);
afterEach(endAll);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  removeScratch();
});

const mebibyte = 1 << 20;

/** A shell of its own that writes for ever, by itself and not through children. */
function writer(name: string, options: { uid?: number } = {}) {
  const script = `const fs = require('node:fs');
    const file = fs.openSync(${JSON.stringify(join(folder, name))}, 'w', 0o666), bytes = Buffer.alloc(${mebibyte}, 1);
    let wishes = 0; process.stdin.on('data', (text) => {
      for (const _ of String(text)) fs.writeSync(file, bytes, 0, bytes.length, (wishes++ % 64) * bytes.length);
      process.stdout.write('.');
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'], cwd: '/', ...options });
  running.push(child);
  return {
    pid: child.pid as number,
    write: async (times: number) => {
      const answered = new Promise((resolve) => child.stdout.once('data', resolve));
      child.stdin.write('w'.repeat(times));
      await answered;
    },
  };
}

const written = (pid: number) => Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

async function lists(session: ReturnType<typeof open>, between: readonly (() => Promise<void>)[]) {
  const pipeline = createPipeline([processes]);
  const all: Process[][] = [];
  for (let round = 0; round <= between.length; round++) {
    const records = await session.round('fast', round === 0);
    const [sample] = records.flatMap((record) => pipeline.push(record));
    all.push(sample?.data.processes?.list ?? []);
    await between[round]?.();
  }
  return all;
}

const passing = async () => {
  const before = readFileSync('/proc/uptime', 'utf8');
  await until(() => readFileSync('/proc/uptime', 'utf8') !== before);
};

describe.each(shellNames)('on %s', (shell) => {
  test.each(awkNames)('with %s what has written most is listed, with the growth of its counters', async (awk) => {
    const one = writer(`writes-${shell}-${awk}`);
    await one.write(1);
    const session = open({ shell, path: pathWith(awk), list: [processes] });
    await ready(session);
    let grown = 0;
    const grow = async () => {
      const before = written(one.pid);
      await one.write(48);
      grown = written(one.pid) - before;
    };
    const all = await lists(session, [grow, passing]);
    const own = (list: Process[] | undefined) => list?.find(({ pid }) => pid === one.pid);
    const shown = own(all[1]);
    expect(grown).toBeGreaterThanOrEqual(48 * mebibyte);
    expect(shown).toMatchObject({ nice: getPriority(one.pid), read_bytes_per_second: expect.any(Number) });
    expect(shown?.write_bytes_per_second).toBeGreaterThan(0);
    session.child.stdin?.end();
    expect(await closed(session.child)).toBe(0);
    expect(leftovers(session.child)).toEqual([]);
  });
});

test.for(awkNames)('with %s a counter that may be opened and not be read ends no awk', async (awk, { skip }) => {
  if (process.getuid?.() !== 0) skip('Only root can be given fewer rights than its own.');
  const others = writer(`others-${awk}`, { uid: 65534 });
  const session = open({
    path: pathWith(awk),
    list: [processes],
    through: [which('setpriv'), '--bounding-set', '-sys_ptrace', '--inh-caps', '-sys_ptrace'],
  });
  await ready(session);
  const all = await lists(session, [() => others.write(48), passing, passing]);
  expect(session.events.filter(({ type }) => type === 'lost' || type === 'broken')).toEqual([]);
  const rates = { read_bytes_per_second: null, write_bytes_per_second: null, cancelled_write_bytes_per_second: null };
  expect(all[1]?.find(({ pid }) => pid === others.pid)).toMatchObject({ user: expect.any(String), ...rates });
});

const id = 'f00dcafe'.repeat(8);
test.each([
  ['0::/system.slice/nginx.service', 'nginx.service', null],
  ['0::/user.slice/user-1000.slice/session-3.scope', 'session-3.scope', null],
  ['0::/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service', 'syncthing.service', null],
  ['0::/init.scope', 'init.scope', null],
  ['0::/', null, null],
  ['1:name=systemd:/system.slice/cron.service', 'cron.service', null],
  [`0::/system.slice/docker-${id}.scope`, null, 'f00dcafef00d'],
  [`1:name=systemd:/docker/${id}`, null, 'f00dcafef00d'],
  [`0::/machine.slice/libpod-${id}.scope/container`, null, 'f00dcafef00d'],
  [`0::/machine.slice/libpod-conmon-${id}.scope`, `libpod-conmon-${id}.scope`, null],
  [`0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope`, null, 'f00dcafef00d'],
  [`0::/kubepods/burstable/pod12/${id}`, null, 'f00dcafef00d'],
  ['0::/lxc/101/ns/system.slice/postgresql@15-main.service', 'postgresql@15-main.service', '101'],
  ['0::/lxc.payload.web/init.scope', 'init.scope', 'web'],
  ['0::/lxc.monitor.web', null, null],
  ['0::/machine.slice/machine-build\\x2dhost.scope', null, 'build-host'],
  ['0::/machine.slice/systemd-nspawn@web.service/payload/system.slice/ssh.service', 'ssh.service', 'web'],
  ['0::/machine.slice/machine-qemu\\x2d1\\x2dweb.scope', 'machine-qemu\\x2d1\\x2dweb.scope', null],
  ['0::/qemu.slice/101.scope', '101.scope', null],
  ['7:memory:/docker/x', undefined, undefined],
  ['0::relative', undefined, undefined],
])('%s', (line, service, container) => {
  const found = parseCgroups(`/proc/7/cgroup:${line}\n`).get(7);
  expect([found?.service, found?.container]).toEqual([service, container]);
});
