import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moreRounds } from '../lab/more-rounds.ts';
import { FleetPage } from '../pages/fleet-page.ts';
import { HostPage } from '../pages/host-page.ts';
import { type Session, startSession } from '../session.ts';

/** What a desktop does with a program of its own: it starts it at a file, and again while it runs. In Electron only. */
let session: Session;
/** A dump of this machine, as a folder and as one file. */
let folder: string;
let file: string;

const page = () => session.shell.page;

beforeAll(async () => {
  session = await startSession();
});

afterAll(() => session?.close());

test('this machine is recorded, to have a dump', async () => {
  await new FleetPage(page()).open('This machine');
  const host = new HostPage(page());
  folder = await host.record();
  await moreRounds(folder, 1);
  await host.stopRecording();
  file = join(session.dataFolder, 'from a colleague.rackside-dump');
  await copyFile(join(folder, 'commands.log'), file);
});

test('a page that loads itself again has the console again', async () => {
  await page().reload();
  await new HostPage(page()).waitFor('This machine');
  await new FleetPage(page()).show();
  await new FleetPage(page()).row('This machine', 'Live').waitFor();
});

test('a second start opens its dump in the window that is there', async () => {
  await session.shell.startAgain?.(folder);
  await new HostPage(page()).waitFor(basename(folder));
});

test('a dump that is one file opens too, from a desktop that writes paths as URLs', async () => {
  await session.shell.startAgain?.(pathToFileURL(file).href);
  await new HostPage(page()).waitFor(basename(file));
});

test('a second start without a dump changes nothing but who is in front', async () => {
  await session.shell.startAgain?.();
  await new HostPage(page()).waitFor(basename(file));
  expect(session.shell.complaints).toEqual([]);
});

test('a start at a dump begins with it', async () => {
  await session.restart(folder);
  await new HostPage(page()).waitFor(basename(folder));
});
