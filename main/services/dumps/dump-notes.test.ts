import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatEntry } from '../../domain/dump/format-entry.ts';
import { createDumpNotes } from './dump-notes.ts';
import { openDump } from './open-dump.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-notes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const entry = (index: number) =>
  Buffer.concat(
    formatEntry({
      ...{
        command: `command ${(index + 70) % 7}`,
        endedAt: 1.7e12 + index * 1000,
        exit: 0,
        error: null,
        durationMs: 1,
      },
      ...{
        stdout: Buffer.from('x'.repeat((index + 90) % 90)),
        stderr: new Uint8Array(),
        truncated: false,
        timedOut: false,
      },
    }),
  );
const entries = (from: number, to: number) =>
  Buffer.concat(Array.from({ length: to - from }, (_, i) => entry(from + i)));

/** What may happen to a dump between two openings, and by how much positions are others afterwards. */
const happenings = [
  { name: 'moved', change: async () => {}, shift: 0 },
  { name: 'grown', change: (log: string) => appendFile(log, entries(60, 70)), shift: 0 },
  { name: 'cut at its beginning', change: (log: string) => writeFile(log, entries(5, 60)), shift: -5 },
  {
    name: 'put behind another',
    change: (log: string) => writeFile(log, Buffer.concat([entries(-9, 0), entries(0, 60)])),
    shift: 9,
  },
  {
    name: 'wrong in all its sizes',
    change: async (log: string) => {
      const text = (await readFile(log)).toString('latin1').replaceAll('size=', 'size=9');
      await writeFile(log, text, 'latin1');
    },
    shift: 0,
  },
];

const cases = Array.from({ length: 50 }, (_, n) => ({
  n,
  happening: happenings[n % happenings.length] as (typeof happenings)[number],
}));

test.each(cases)('$n: a note stays at its entry in a dump that is $happening.name', async ({ n, happening }) => {
  const before = join(folder, `before-${n}`);
  await mkdir(before);
  await writeFile(join(before, 'commands.log'), entries(0, 60));
  const position = 6 + ((n * 17) % 54);
  const first = await openDump(before);
  const { at, offset } = first.log.table.place(position);
  const notes = createDumpNotes(first.files.notesPath, () => n);
  const id = await notes.set(null, { at, offset, command: `command ${position % 7}` }, 'here it broke');
  await first.close();

  const after = join(folder, `after-${n}`);
  await rename(before, after);
  await happening.change(join(after, 'commands.log'));
  const second = await openDump(after);
  const found = await createDumpNotes(second.files.notesPath, () => 0).list(second.log.table);
  await second.close();
  expect(found).toEqual([
    {
      ...{ id, position: position + happening.shift, at, command: `command ${position % 7}` },
      ...{ text: 'here it broke', createdAt: n },
    },
  ]);
});

test('notes of another program are neither read nor written over', async () => {
  const path = join(folder, 'rackside-notes.json');
  await writeFile(path, '{"notes": 5}');
  const notes = createDumpNotes(path, () => 0);
  const place = { at: 1, offset: null, command: '' };
  await expect(notes.set(null, place, 'mine')).rejects.toMatchObject({ fault: { code: 'bad_input', step: 'note' } });
  expect(await readFile(path, 'utf8')).toBe('{"notes": 5}');
});
