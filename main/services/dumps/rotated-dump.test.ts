import { appendFile, copyFile, mkdir, mkdtemp, readdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DumpStatus } from '../../contract/dumps.ts';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { formatSample } from '../../domain/dump/format-sample.ts';
import { type DumpThread, openDumpThread } from './dump-thread.ts';
import { openDump } from './open-dump.ts';
import { recentDumps } from './recent-dumps.ts';

const hostId = '00000000-0000-4000-8000-000000000000';
const start = Date.UTC(2026, 3, 22, 20, 0, 0);
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-rotated-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** So many entries, one a second, from one on. */
function entries(from: number, to: number): Buffer {
  const parts = Array.from({ length: to - from }, (_, index) =>
    formatEntry({
      ...{ command: 'zpool status', endedAt: start + (from + index) * 1000, exit: 0, error: null, durationMs: 1 },
      ...{ stdout: Buffer.from(`output ${from + index}, FOUND\n`), stderr: new Uint8Array() },
      ...{ truncated: false, timedOut: false },
    }),
  );
  return Buffer.concat(parts.flat());
}

function samples(from: number, to: number): string {
  const texts = Array.from({ length: to - from }, (_, index) => {
    const at = start + (from + index) * 1000;
    const data = { clock: { boot_id: null, uptime_seconds: null }, problems: {} };
    return formatSample({ kind: 'fast', collected_at: new Date(at).toISOString(), data }, at);
  });
  return texts.join('');
}

/** Files below the folder, made with their directories. */
async function files(content: Record<string, Buffer | string>): Promise<void> {
  for (const [name, bytes] of Object.entries(content)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

const noSamples = 'samples.log is missing: what the readings were then is computed anew.';

/** When each entry ended, in seconds, and what the dump says of itself. */
async function opened(
  name: string,
): Promise<{ seconds: number[]; samples: number; parts: number; notes: readonly string[] }> {
  const dump = await openDump(join(folder, name));
  try {
    const { table } = dump.log;
    const seconds = Array.from({ length: table.count }, (_, position) => (table.timeOf(position) - start) / 1000);
    return { seconds, samples: dump.samples?.count ?? 0, parts: dump.status().parts, notes: dump.damage };
  } finally {
    await dump.close();
  }
}

const upTo = (count: number, but: readonly number[] = []) =>
  Array.from({ length: count }, (_, index) => index).filter((one) => !but.includes(one));

describe('a dump that was rotated is one', () => {
  test('in its directory, the highest number first', async () => {
    await files({
      ...{ 'd/commands.log': entries(8, 9), 'd/commands.log.1': entries(4, 8), 'd/commands.log.2': entries(2, 4) },
      ...{ 'd/commands.log.10': entries(0, 2), 'd/samples.log': samples(5, 9), 'd/samples.log.1': samples(0, 5) },
    });
    const { seconds, samples: count, parts, notes } = await opened('d');
    expect([seconds, count, parts]).toEqual([upTo(9), 9, 4]);
    expect(notes).toEqual([
      '“commands.log.9”, “commands.log.8”, “commands.log.7” and 4 more are missing: what was recorded in them is not known.',
    ]);
  });

  test('in directories beside one another, whichever is named, also by a log of it', async () => {
    await files({
      ...{ 'd/commands.log': entries(0, 3), 'd/samples.log': samples(0, 3) },
      ...{ 'd-part-2/commands.log': entries(3, 5), 'd-part-2/samples.log': samples(3, 5) },
      ...{ 'd-part-3/commands.log': entries(5, 6), 'd-part-3/samples.log': samples(5, 6) },
      // Opened ahead, and another host's.
      ...{ 'd-part-4/commands.log': '', 'd-part-4/samples.log': '', 'd-2/commands.log': entries(90, 91) },
    });
    const whole = { seconds: upTo(6), samples: 6, parts: 3, notes: [] };
    for (const name of ['d', 'd-part-2', 'd-part-3/commands.log']) expect(await opened(name)).toEqual(whole);
    expect((await opened('d-2')).seconds).toEqual([90]);
    const recent = await recentDumps(folder);
    expect(recent.map(({ path }) => path.slice(folder.length)).sort()).toEqual(['/d', '/d-2']);
    const bytes = entries(0, 6).length + samples(0, 6).length;
    expect(recent.find(({ path }) => path.endsWith('/d'))?.bytes).toBe(bytes);
  });

  test('a part that is missing in the middle, or packed, is said; what is left is read', async () => {
    await files({
      ...{ 'd/commands.log': entries(6, 8), 'd/commands.log.2': entries(2, 4), 'd/commands.log.3.gz': 'x' },
      ...{ 'd/commands.log.4.xz': 'x', 'd/commands.log.5.xz': 'x' },
      ...{ 'e-part-2/commands.log': entries(2, 4), 'e-part-4/commands.log': entries(6, 8) },
    });
    const seconds = [2, 3, 6, 7];
    expect(await opened('d')).toEqual({
      ...{ seconds, samples: 0, parts: 2 },
      notes: [
        '“commands.log.1” is missing: what was recorded in it is not known.',
        '“commands.log.5.xz”, “commands.log.4.xz” are packed as Rackside does not read: unxz unpacks them.',
        '“commands.log.3.gz” is packed, and not read.',
        noSamples,
      ],
    });
    expect(await opened('e-part-4')).toEqual({
      ...{ seconds, samples: 0, parts: 2 },
      notes: ['“e”, “e-part-3” are missing: what was recorded in them is not known.', noSamples],
    });
  });

  test('what one part ends with in the middle of an entry takes no entry of the next along', async () => {
    const cut = entries(0, 3).subarray(0, -10);
    await files({ 'd/commands.log.1': cut, 'd/commands.log': entries(3, 5) });
    const { seconds, parts, notes } = await opened('d');
    expect([seconds, parts, notes]).toEqual([upTo(5), 2, ['1 entry is torn and not replayed.', noSamples]]);
  });
});

describe('a dump that is rotated while it is open', () => {
  let thread: DumpThread;
  let directory = '';
  const at = (name: string) => join(directory, name);

  beforeEach(async () => {
    await files({ 'd/commands.log': entries(0, 4) });
    directory = join(folder, 'd');
    thread = await openDumpThread(directory, null, hostId);
    await status(({ phase }) => phase === 'ready');
  });
  afterEach(() => thread.close());

  async function status(wanted: (status: DumpStatus) => boolean): Promise<DumpStatus> {
    for await (const one of thread.client['dumps.status']({ hostId })) if (wanted(one)) return one;
    throw new Error('The dump was closed.');
  }
  const grownTo = (count: number) =>
    status(({ entries, readBytes, bytes }) => entries === count && readBytes === bytes);

  /** Entries with hits of a search over all of it. */
  async function found(): Promise<number> {
    let last = 0;
    const request = { hostId, pattern: 'found', regex: false, matchCase: false };
    for await (const { entries } of thread.client['dumps.search'](request)) last = entries;
    return last;
  }

  async function bodies(): Promise<string[]> {
    const { entries } = await thread.client['dumps.page']({ hostId, filter: {}, from: 0, limit: 100 });
    const texts: string[] = [];
    for (const { offset, size } of entries) {
      let text = '';
      for await (const chunk of thread.client['dumps.bytes']({ hostId, offset, length: size }))
        text += Buffer.from(chunk);
      texts.push(text);
    }
    return texts;
  }
  const outputs = (count: number) => upTo(count).map((one) => `output ${one}, FOUND\n`);

  test('goes on in the file that took its name', async () => {
    await appendFile(at('commands.log'), entries(4, 5));
    await rename(at('commands.log'), at('commands.log.1'));
    await writeFile(at('commands.log'), entries(5, 7));
    expect(await grownTo(7)).toMatchObject({ revision: 0, parts: 2, notes: [noSamples] });
    await appendFile(at('commands.log'), entries(7, 8));
    await grownTo(8);
    expect([await found(), await bodies()]).toEqual([8, outputs(8)]);
  });

  test('goes on in the next directory, and in the one after that', async () => {
    await files({ 'd-part-2/commands.log': entries(4, 6) });
    await grownTo(6);
    await files({ 'd-part-3/commands.log': entries(6, 7) });
    expect(await grownTo(7)).toMatchObject({ revision: 0, parts: 3, notes: [noSamples] });
    expect([await found(), await bodies()]).toEqual([7, outputs(7)]);
  });

  test('is put aside as a copy and emptied: all of it begins anew, and nothing is lost', async () => {
    await copyFile(at('commands.log'), at('commands.log.1'));
    await truncate(at('commands.log'));
    await appendFile(at('commands.log'), entries(4, 5));
    expect(await grownTo(5)).toMatchObject({ parts: 2, notes: [noSamples] });
    expect([await found(), await bodies()]).toEqual([5, outputs(5)]);
  });

  test('loses its oldest part: what was open stays', async () => {
    await rename(at('commands.log'), at('commands.log.1'));
    await writeFile(at('commands.log'), entries(4, 5));
    await grownTo(5);
    await rm(at('commands.log.1'));
    await rename(at('commands.log'), at('commands.log.1'));
    await writeFile(at('commands.log'), entries(5, 6));
    await grownTo(6);
    expect([await readdir(directory), await bodies()]).toEqual([['commands.log', 'commands.log.1'], outputs(6)]);
  });
});
