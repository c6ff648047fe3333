import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { freePort } from '../e2e/lab/free-port.ts';

/** What node_exporter tells, by the name of a metric with its labels: `node_load1`, `node_cpu_seconds_total{cpu="0",mode="idle"}`. */
export type Scrape = ReadonlyMap<string, number>;

export interface NodeExporter {
  scrape(): Promise<Scrape>;
  stop(): Promise<void>;
}

/** Debian's name, then that of everybody else. */
const programs = ['/usr/bin/prometheus-node-exporter', '/usr/local/bin/node_exporter', '/usr/bin/node_exporter'];

/** A node_exporter of this run's own on loopback; null where none is installed. */
export async function startNodeExporter(): Promise<NodeExporter | null> {
  const program = programs.find((file) => existsSync(file));
  if (program === undefined) return null;
  const port = await freePort();
  const child = spawn(program, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
  const scrape = async () => parse(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
  for (;;) {
    if (child.exitCode !== null) return null;
    const first = await scrape().catch(() => null);
    if (first !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { scrape, stop: () => stop(child) };
}

/** The text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
function parse(text: string): Scrape {
  const rows = text.matchAll(/^([a-z_A-Z0-9:]+(?:\{[^\n]*\})?) (\S+)$/gm);
  return new Map([...rows].map(([, name = '', value]) => [name, Number(value)]));
}

/** Shares of all CPUs' time by mode, in percent, between two scrapes. */
export function cpuShares(before: Scrape, after: Scrape): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const [name, value] of after) {
    const mode = /^node_cpu_seconds_total\{cpu="\d+",mode="(\w+)"\}$/.exec(name)?.[1];
    if (mode !== undefined) seconds.set(mode, (seconds.get(mode) ?? 0) + value - (before.get(name) ?? 0));
  }
  const all = [...seconds.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...seconds].map(([mode, value]) => [mode, (100 * value) / all]));
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
