import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sample } from '../main/contract/samples.ts';
import { runCli, watchWithCli } from './cli.ts';
import { moreRounds } from './lab/more-rounds.ts';
import { type Sshd, startSshd } from './lab/sshd.ts';
import { type Load, startLoad } from './load.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { HostPage } from './pages/host-page.ts';
import { enterOn } from './pages/keyboard.ts';
import { ProcessesDialog } from './pages/processes-dialog.ts';
import { type Session, startSession } from './session.ts';

/**
 * A technician's first minutes, by keyboard alone. The steps build on each other, as a day does: each test goes on
 * where the one before ended.
 */
let sshd: Sshd;
let session: Session;
let load: Load | null = null;
/** What was recorded while the load ran, as the command line tool saw it beside the page: latest-wins, so not each sample. */
let recorded: Sample[] = [];

const page = () => session.shell.page;

beforeAll(async () => {
  sshd = await startSshd();
  session = await startSession();
});

afterAll(async () => {
  await load?.stop();
  await session?.close();
  await sshd?.stop();
});

test('it starts with this machine, live', async () => {
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
});

test('a real host is added after its fingerprint was checked', async () => {
  const dialog = new AddHostDialog(page());
  await dialog.open();
  await dialog.connectTo({
    address: sshd.address,
    port: sshd.port,
    user: sshd.user,
    name: 'lab one',
    keyFile: sshd.identityFile,
  });
  expect(await dialog.fingerprint()).toBe(sshd.hostKeyFingerprint);
  await dialog.trust();
  await new HostPage(page()).waitFor('lab one');
});

test('the CPU gauge moves under a load, and the list behind it names the process that makes it', async () => {
  const host = new HostPage(page());
  const watch = watchWithCli('lab one', session);
  await host.cpuGauge.waitFor();
  load = await startLoad('e2e-burner');
  const { pid } = load;
  await expect.poll(() => host.cpuPercent(), { timeout: 20_000 }).toBeGreaterThanOrEqual(45);

  await host.openProcesses('cpu');
  const dialog = new ProcessesDialog(page());
  expect(await dialog.when()).toBe('Live');
  await expect
    .poll(async () => (await dialog.rows()).find((row) => row.pid === pid)?.cpu, { timeout: 20_000 })
    .toMatch(/^heavy/);
  const row = (await dialog.rows()).find((one) => one.pid === pid);
  expect(row).toMatchObject({ name: expect.stringContaining('e2e-burner'), user: sshd.user });
  expect(row?.memory).toMatch(/^\d+\.\d MB$/);
  const busy = (sample: Sample) =>
    sample.data.processes?.list.some((process) => process.pid === pid && (process.cpu_percent ?? 0) > 50) === true;
  await expect.poll(() => watch.samples.filter(busy).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  await dialog.close();

  await load.stop();
  load = null;
  await watch.stop();
  recorded = watch.samples.filter(busy);
});

test('after a restart the instant of the load is still there, with the CPU % that was recorded then', async () => {
  const burner = recorded[1]?.data.processes?.list.find(({ name }) => name === 'e2e-burner');
  await session.restart();
  await new FleetPage(page()).open('lab one');
  const host = new HostPage(page());
  await host.waitFor('lab one');
  await host.holdCursorAt(Date.parse(recorded.at(-1)?.collected_at ?? ''));
  await host.openHeldProcesses();

  const dialog = new ProcessesDialog(page());
  // On a crowded machine the list of that instant may be one in which the load got little, or that the tool skipped.
  const sample = await dialog.stepBackTo((at) => recorded.find(({ collected_at }) => Date.parse(collected_at) === at));
  const then = sample.data.processes?.list.find(({ pid }) => pid === burner?.pid);
  expect(then?.cpu_percent).toBeGreaterThan(50);
  const row = (await dialog.rows()).find(({ pid }) => pid === burner?.pid);
  expect(row).toMatchObject({
    name: expect.stringContaining('e2e-burner'),
    cpu: `heavy${then?.cpu_percent?.toFixed(1)} %`,
  });
  await dialog.close();
});

test('what the host says is recorded as a dump, and its replay shows the same numbers', async () => {
  const host = new HostPage(page());
  await host.cpuGauge.waitFor();
  const directory = await host.record();
  await moreRounds(directory, 2);
  await host.stopRecording();

  const { code, stdout, stderr } = await runCli(['replay', directory, '--json'], session.home);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const samples = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  const last = samples.filter(({ kind }) => kind === 'fast').at(-1) as Sample;

  await page().keyboard.press('g');
  await page().keyboard.press('d');
  await enterOn(page(), page().getByRole('button', { name: `Open ${directory}` }));
  await page().getByRole('button', { name: 'Close replay' }).waitFor();
  await host.openProcesses('memory');
  const dialog = new ProcessesDialog(page());
  expect(await dialog.recordedAt()).toBe(Date.parse(last.collected_at));
  const top = [...(last.data.processes?.list ?? [])]
    .filter((process) => process.memory_bytes !== null)
    .sort((a, b) => (b.memory_bytes ?? 0) - (a.memory_bytes ?? 0))
    .slice(0, 10);
  expect((await dialog.rows()).map(({ pid }) => pid).sort()).toEqual(top.map(({ pid }) => pid).sort());
  await dialog.close();
});

test('the page never broke its own content policy, nor logged an error', () => {
  expect(session.shell.complaints).toEqual([]);
});
