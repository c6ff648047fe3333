import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { makePveMachine, type PveMachine, whyNoPveHost } from '../e2e/lab/pve-host.ts';
import { kinds } from '../main/contract/kinds.ts';
import type { Kind } from '../main/contract/samples.ts';
import { collectors } from '../main/domain/collect/collectors/index.ts';
import { compileProgram } from '../main/domain/collect/program/compile-program.ts';
import { tickLine } from '../main/domain/collect/program/ticks.ts';
import { defaultSeconds } from '../main/domain/policy/cadence.ts';
import { cutOutput } from './cut-output.ts';
import { fillProcesses } from './idle-processes.ts';
import { cpuSecondsOfTree } from './measure.ts';
import type { Report } from './report.ts';

/**
 * Milliseconds of CPU that each call of a tool takes on a host where it is the real one, assumed from what such hosts
 * show: perl and its modules make `pvesh` and its like a second, the cache of packages makes `apt` one.
 */
const assumedMs: Readonly<Record<string, number>> = {
  ...{ zpool: 10, zfs: 15, smartctl: 15, docker: 40, systemctl: 15, 'nvidia-smi': 100 },
  ...{ apt: 1000, pvesh: 900, pvesm: 900, 'dpkg-query': 20 },
};

const processes = 300;
const rounds: Readonly<Record<Kind, number>> = { fast: 30, medium: 6, slow: 3, daily: 2 };
const calibrationTurns = 400_000;
const starts = 200;

/** What all rounds together cost a host with Proxmox VE, ZFS, SMART and Docker, whose tools burn what the real ones do. */
export async function fullSetBench(report: Report): Promise<void> {
  const hindrance = whyNoPveHost();
  if (hindrance !== null) {
    console.error(`full-set: not measured: ${hindrance}.`);
    return;
  }
  const filled = await fillProcesses(processes);
  const machine = makePveMachine(burning());
  try {
    const cost = await measure(machine);
    const figure = { bench: 'full-set', rival: null };
    const share = (kind: Kind) => (100 * cost[kind]) / defaultSeconds[kind];
    for (const kind of kinds) {
      const every = `every ${defaultSeconds[kind]} s`;
      report({ ...figure, figure: `cpu per ${kind} round`, value: cost[kind] * 1000, unit: 'ms', bar: null });
      const bar = kind === 'fast' ? 0.05 : null;
      report({ ...figure, figure: `${kind} rounds ${every}, of a core`, value: share(kind), unit: '%', bar });
    }
    const all = kinds.reduce((sum, kind) => sum + share(kind), 0);
    report({ ...figure, figure: 'the full set, of a core', value: all, unit: '%', bar: 0.35 });
    report({ ...figure, figure: 'cpu per process begun (true)', value: processStartMs(), unit: 'ms', bar: null });
    const value = machine.wronglyAsked().length;
    report({ ...figure, figure: 'disks woken, and tools of a second asked', value, unit: '', bar: 0 });
  } finally {
    machine.remove();
    filled.end();
  }
}

/** Lines of shell that take so much CPU here, by the tool. */
function burning(): Record<string, string> {
  const turns = (count: number) => `i=0; while [ $i -lt ${Math.round(count)} ]; do i=$((i+1)); done`;
  const turnsPerMs = calibrationTurns / cpuMsOf(turns(calibrationTurns));
  return Object.fromEntries(Object.entries(assumedMs).map(([tool, ms]) => [tool, turns(ms * turnsPerMs)]));
}

/** What most of the cost is made of, on this machine at this hour: read the other figures by it. */
function processStartMs(): number {
  return cpuMsOf(`i=0; while [ $i -lt ${starts} ]; do /bin/true; i=$((i+1)); done`) / starts;
}

/** CPU of a shell that runs these lines and of its children. */
function cpuMsOf(lines: string): number {
  const { stdout } = spawnSync('sh', ['-c', `${lines}; times`], { encoding: 'utf8' });
  const parts = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + 1000 * (60 * Number(minutes) + Number(seconds)), 0);
}

/** CPU seconds of one round of each kind, of the program and all that it forks; what is asked once is not in it. */
async function measure(machine: PveMachine): Promise<Record<Kind, number>> {
  const [program, ...args] = machine.enter;
  const child = spawn(program as string, [...args, 'sh'], {
    env: { ...process.env, PATH: `${machine.path}:${process.env.PATH}` },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const boundary = randomBytes(8).toString('hex');
  const output = cutOutput(child);
  child.stdin.write(compileProgram(collectors, boundary));
  await output.until(`${boundary} ready`);
  let seq = 0;
  const round = async (kind: Kind, first: boolean) => {
    seq += 1;
    child.stdin.write(tickLine({ seq, kind, first }));
    await output.until(`${boundary} done ${seq} ${kind}\n`);
  };
  const cost: Record<Kind, number> = { fast: 0, medium: 0, slow: 0, daily: 0 };
  for (const kind of kinds) {
    await round(kind, true);
    await round(kind, false);
    const from = cpuSecondsOfTree(child.pid ?? 0);
    for (let count = 0; count < rounds[kind]; count += 1) await round(kind, false);
    cost[kind] = (cpuSecondsOfTree(child.pid ?? 0) - from) / rounds[kind];
  }
  child.stdin.end();
  await once(child, 'close');
  return cost;
}
