import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHost } from '../e2e/lab/fake-host.ts';
import { type Sshd, startSshd } from '../e2e/lab/sshd.ts';
import type { Answer, SshTarget } from '../main/contract/hosts.ts';
import type { Transport } from '../main/domain/collect/transport.ts';
import { createReach } from '../main/services/console/reach.ts';
import { createSecretKeeper } from '../main/services/ssh/secret-keeper.ts';
import { keptMiB } from './measure.ts';
import type { Report } from './report.ts';

const hosts = 200;
const rivalConnections = 20;

/**
 * What it costs this side to connect to many hosts at once, configuration, known hosts and keys included: servers in
 * another process, so that only our own CPU is counted. Beside it OpenSSH's `ssh`, one after the other.
 */
export async function connectBench(report: Report): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-bench-'));
  mkdirSync(join(directory, '.ssh'));
  writeFileSync(join(directory, '.ssh', 'config'), 'Host *\n  User bench\n  IdentityFile none\n');
  const fake = await startFakeHost({ none: true, ports: hosts });
  const sshd = await startSshd();
  const reach = createReach({
    home: directory,
    knownHostsFile: join(directory, 'known_hosts'),
    secrets: createSecretKeeper(),
    now: () => performance.now(),
  });
  const prompts = {
    onStep: () => {},
    ask: async (): Promise<Answer> => ({ kind: 'host_key', trust: true }),
  };
  const connect = (port: number): Promise<Transport> => {
    const target: SshTarget = {
      ...{ transport: 'ssh', address: '127.0.0.1', port, user: null, identityFiles: [], agent: false },
    };
    return reach.connectTo(target)(prompts, new AbortController().signal);
  };
  const all = () => Promise.all(fake.ports.map(connect));
  try {
    // Once before: keys are known then, and code is compiled.
    for (const transport of await all()) transport.close();
    const before = keptMiB();
    const cpuFrom = process.cpuUsage();
    const from = performance.now();
    const transports = await all();
    const seconds = (performance.now() - from) / 1000;
    const cpu = process.cpuUsage(cpuFrom);
    const kept = keptMiB() - before;
    for (const transport of transports) transport.close();
    const rival = { name: 'ssh', value: (await cpuOfSsh(sshd)) * 1000 };

    const figure = { bench: 'connect', rival: null };
    report({ ...figure, figure: 'hosts connected', value: transports.length, unit: '', bar: null });
    report({ ...figure, figure: 'all of them after', value: seconds, unit: 's', bar: null });
    const each = (cpu.user + cpu.system) / 1000 / hosts;
    report({ ...figure, figure: 'client CPU for each', value: each, unit: 'ms', bar: 6, rival });
    report({ ...figure, figure: 'kept for each while idle', value: (kept * 1024) / hosts, unit: 'KiB', bar: 150 });
    report({ ...figure, figure: 'refused by MaxStartups', value: await refusedAtOnce(connect), unit: '', bar: 0 });
  } finally {
    reach.close();
    await Promise.all([fake.stop(), sshd.stop()]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** How many of as many connections to one server with OpenSSH's default limit are turned away. */
async function refusedAtOnce(connect: (port: number) => Promise<Transport>): Promise<number> {
  const sshd = await startSshd({ config: ['MaxStartups 10:30:100', 'PermitEmptyPasswords yes'] });
  try {
    const results = await Promise.allSettled(Array.from({ length: hosts }, () => connect(sshd.port)));
    const faults = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    for (const result of results) if (result.status === 'fulfilled') result.value.close();
    // It lets nobody in, which is its answer to everyone that it listened to.
    return faults.filter((error) => !error.message.includes('does not let')).length;
  } finally {
    await sshd.stop();
  }
}

/** CPU seconds of one `ssh HOST true`, children that it had included. */
async function cpuOfSsh({ port, identityFile, directory }: Sshd): Promise<number> {
  const options = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${directory}/known`];
  const script = `for i in $(seq ${rivalConnections}); do "$@" </dev/null >/dev/null 2>&1; done; cat /proc/$$/stat`;
  const args = ['-c', script, 'sh', 'ssh', ...options, '-p', String(port), '-i', identityFile, '127.0.0.1', 'true'];
  const child = spawn('sh', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let stat = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stat += chunk.toString();
  });
  await once(child, 'close');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Hundredths of a second of children that have ended: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  return (Number(fields[13]) + Number(fields[14])) / 100 / rivalConnections;
}
