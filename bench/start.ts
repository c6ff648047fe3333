import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { findChromium } from '../e2e/chromium.ts';
import { type Sshd, startSshd } from '../e2e/lab/sshd.ts';
import { consoleContract } from '../main/contract/console.ts';
import type { SshTarget } from '../main/contract/hosts.ts';
import { createClient } from '../main/contract/rpc/client.ts';
import { openConsole } from '../main/services/console.ts';
import { median } from './measure.ts';
import type { Report } from './report.ts';

const runs = 5;
const root = join(import.meta.dirname, '..');

/** What a technician waits for: the first numbers after the start, and after connecting to a host. */
export async function startBench(report: Report): Promise<void> {
  const starts = await times(runs, startToFirstValues);
  report({
    bench: 'start',
    figure: 'npm start on a built tree to the first CPU value on the page',
    value: median(starts),
    unit: 's',
    bar: 3,
    rival: null,
  });
  const sshd = await startSshd();
  try {
    const connects = await times(runs, () => connectToFirstValues(sshd));
    report({
      bench: 'start',
      figure: 'connect to the first values of a loopback host',
      value: median(connects.map(({ first }) => first)),
      unit: 's',
      bar: 1,
      rival: null,
    });
    report({
      bench: 'start',
      figure: 'connect to the first CPU share, which needs two reads',
      value: median(connects.map(({ share }) => share)),
      unit: 's',
      bar: null,
      rival: null,
    });
  } finally {
    await sshd.stop();
  }
}

async function times<Value>(count: number, measure: () => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let run = 0; run < count; run += 1) values.push(await measure());
  return values;
}

/** Seconds from the command to a CPU share in the fleet's row; the browser is open already, as a user's is. */
async function startToFirstValues(): Promise<number> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium: install the package chromium.');
  const folder = await mkdtemp(join(tmpdir(), 'rackside-bench-'));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage();
  const begun = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, HOME: folder, RACKSIDE_DATA: join(folder, 'data'), RACKSIDE_SHELL: 'web', DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^Rackside: (http:\S+)$/.exec(line)?.[1];
      if (url === undefined) continue;
      await page.goto(url);
      await page.locator('.fleet-row .cell-cpu').getByText(/\d+ %/).waitFor({ timeout: 30_000 });
      return (performance.now() - begun) / 1000;
    }
    throw new Error('npm start printed no address.');
  } finally {
    await browser.close();
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, 'SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function connectToFirstValues(sshd: Sshd): Promise<{ first: number; share: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-bench-'));
  const access = await openConsole({ dataFolder: folder, version: '0.0.0-bench' });
  const client = createClient(consoleContract, access.connect());
  const { address, port, user, identityFile } = sshd;
  const target: SshTarget = { transport: 'ssh', address, port, user, identityFiles: [identityFile], agent: false };
  const begun = performance.now();
  const seconds = (): number => (performance.now() - begun) / 1000;
  let first: number | null = null;
  try {
    for await (const { host, connection, fast } of client['hosts.visit']({ name: 'bench', target })) {
      if (connection.state === 'asking') {
        const { id } = connection.question;
        await client['hosts.answer']({ hostId: host.id, questionId: id, answer: { kind: 'host_key', trust: true } });
      }
      if (fast !== null) first ??= seconds();
      if (first !== null && fast?.data.cpu?.total != null) return { first, share: seconds() };
    }
    throw new Error('The visit ended before a sample came.');
  } finally {
    await access.close();
    await rm(folder, { recursive: true, force: true });
  }
}
