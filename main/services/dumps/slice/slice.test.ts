import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endLine } from '../../../domain/collect/round-lines.ts';
import { plant, tracesOf } from '../../../domain/redact/planted-fixture.ts';
import type { Dump } from '../open-dump.ts';
import { openDump } from '../open-dump.ts';
import { unpackDump } from '../unpack/unpack-dump.ts';
import { countsOf, filesIn, slice, start, writePlanted } from './slice-fixture.ts';
import { sliceOfDump } from './slice-of-dump.ts';
import { previewRedaction } from './write-slice.ts';

const never = new AbortController().signal;
const hidden = { words: [], names: [] };
let folder = '';
let source = '';
const at = (name: string) => join(folder, name);

let seed = 0;
const random = () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

beforeEach(async () => {
  seed = 11;
  folder = await mkdtemp(join(tmpdir(), 'rackside-slice-'));
  source = at('source');
  const { plants, outputs } = plant(random);
  await writePlanted(source, plants, outputs);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a whole slice is the dump, byte for byte, for its owner alone, as a directory and in archives', async () => {
  const original = await filesIn(source);
  for (const name of ['plain', 'packed.tar.gz', 'packed.zip']) {
    const last = await slice(source, at(name), null);
    const { bytes, doneBytes, entries, samples, done } = last ?? {};
    const counts = await countsOf(source);
    expect({ bytes, doneBytes, entries, samples, done }).toEqual({
      ...{ bytes: doneBytes, doneBytes, entries: counts.entries, samples: counts.samples, done: true },
    });
    expect((await stat(at(name))).mode & 0o777).toBe(name === 'plain' ? 0o700 : 0o600);
    if (name === 'plain') {
      expect(await filesIn(at(name))).toEqual(original);
      continue;
    }
    const into = at(`${name}-unpacked`);
    const { dumps, notes } = await unpackDump(at(name), { into, signal: never, onProgress: () => {} });
    expect([notes, dumps.length]).toEqual([[], 1]);
    expect(await filesIn(dumps[0]?.path ?? '')).toEqual(original);
  }
});

test('two hundred planted things are in no file of a redacted slice, which opens with the same counts', async () => {
  const { plants } = plant(random);
  seed = 11;
  const planted = plant(random).plants;
  expect(planted).toHaveLength(plants.length);
  for (const name of ['redacted', 'redacted.zip']) {
    const last = await slice(source, at(name), hidden);
    expect(Object.keys(last?.replaced ?? {}).sort()).toEqual(
      expect.arrayContaining(['host', 'ipv4', 'ipv6', 'mac', 'secret', 'serial', 'user', 'uuid', 'wwn']),
    );
    const into = at(`${name}-unpacked`);
    const path = name.endsWith('.zip')
      ? ((await unpackDump(at(name), { into, signal: never, onProgress: () => {} })).dumps[0]?.path ?? '')
      : at(name);
    const files = await filesIn(path);
    const all = Buffer.concat(Object.values(files)).toString('utf8').toLowerCase();
    const leaks = planted.flatMap((one) =>
      tracesOf(one)
        .filter((trace) => all.includes(trace))
        .map((trace) => `${one.type} ${one.original}: ${trace}`),
    );
    expect(leaks).toEqual([]);
    expect(await countsOf(path)).toEqual(await countsOf(source));
  }
});

test('a chosen command brings the marks of its rounds, and a span its samples', async () => {
  const chosen = (dump: Dump) => {
    const { table, commands } = dump.log;
    const positions = Array.from({ length: table.count }, (_, position) => position).filter((position) => {
      const second = (table.timeOf(position) - start) / 1000;
      return second >= 60 && second < 150 && commands.commands[table.commandOf(position)]?.line === 'cat /proc/loadavg';
    });
    return { positions: Uint32Array.from(positions), from: start + 60_000, to: start + 150_000 };
  };
  await slice(source, at('part'), null, { chosen });
  expect(await countsOf(at('part'))).toMatchObject({ entries: 9, samples: 3, torn: 0 });
  const dump = await openDump(at('part'));
  const loads: (number | undefined)[] = [];
  for await (const { data } of dump.replay()) loads.push(data.load?.one);
  await dump.close();
  expect(loads).toEqual([0.2, 0.3, 0.4]);
});

test('a damaged dump is as damaged in a slice, and no more', async () => {
  const log = join(source, 'commands.log');
  const torn = `===== 2026-04-22T23:00:00.000000Z =====\n$ cat torn\nexit=0  duration=1ms  size=9000\n\n10.1.2.3 and half`;
  const lying = `===== 2026-04-22T23:00:01.000000Z =====\n$ ${endLine('fast')}\nexit=0  duration=1ms  size=3\n\n1.00 1.00\n\n\n`;
  await appendFile(log, `${torn}${lying}what belongs to nobody at 10.1.2.3\n\n${torn}`);
  const before = await countsOf(source);
  expect(before).toMatchObject({ torn: 2 });
  await slice(source, at('damaged'), hidden);
  expect(await countsOf(at('damaged'))).toEqual(before);
});

test('what is there is never written over, and what was given up or does not fit leaves nothing', async () => {
  await writeFile(at('taken.zip'), 'mine');
  await expect(slice(source, at('taken.zip'), null)).rejects.toMatchObject({
    fault: { code: 'bad_input', step: 'slice' },
  });
  await expect(slice(source, source, null)).rejects.toMatchObject({ fault: { code: 'bad_input' } });
  const full = async () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  for (const name of ['full', 'full.tar.gz', 'full.zip']) {
    await expect(slice(source, at(name), hidden, { write: full })).rejects.toMatchObject({
      fault: { code: 'not_permitted', message: expect.stringContaining('full') },
    });
    const stop = new AbortController();
    await slice(source, at(name), hidden, { signal: stop.signal, onProgress: () => stop.abort() }).catch(
      () => undefined,
    );
  }
  expect((await readdir(folder)).sort()).toEqual(['source', 'taken.zip']);
});

test('a place where nothing can be written is told before anything is read', async () => {
  const told: string[] = [];
  const onProgress = () => told.push('read');
  await writeFile(at('taken.zip'), 'mine');
  await expect(slice(source, at('taken.zip'), hidden, { onProgress })).rejects.toMatchObject({
    fault: { code: 'bad_input' },
  });
  for (const name of ['nowhere/part', 'nowhere/part.zip']) {
    const message = `The folder of ${at(name)} is not there: make it, or choose another.`;
    await expect(slice(source, at(name), hidden, { onProgress })).rejects.toMatchObject({
      fault: { code: 'not_found', step: 'slice', message },
    });
  }
  expect(told).toEqual([]);
});

test('the preview tells what would be replaced, and where nothing is chosen there is no slice', async () => {
  const dump = await openDump(source);
  const part = { positions: Uint32Array.of(2), from: start, to: start };
  const { found, readBytes, bytes } = await previewRedaction(
    sliceOfDump(dump, part),
    { words: ['kunde'], names: [] },
    never,
  );
  expect(found.find(({ original }) => original === 'kunde')).toMatchObject({ type: 'word', count: 25 });
  expect(found.find(({ type }) => type === 'ipv4')?.pseudonym).toMatch(/^[\d.]+$/);
  expect(readBytes).toBe(bytes);
  await dump.close();
  const nothing = () => ({ positions: new Uint32Array(0), from: 0, to: 0 });
  await expect(slice(source, at('none'), null, { chosen: nothing })).rejects.toMatchObject({
    fault: { code: 'bad_input' },
  });
});
