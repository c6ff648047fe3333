import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../../../e2e/lab/connecting.ts';
import { runCli } from '../../run-cli.ts';
import { placeForDump } from './pull-dump.ts';

test('a dump goes into a folder under its own name, or on in the folder where it was begun', async () => {
  const folder = temporaryDirectory();
  expect(await placeForDump('/var/tank/', folder, true)).toBe(join(folder, 'tank'));
  expect(await placeForDump('/var/tank', join(folder, 'new'), true)).toBe(join(folder, 'new'));
  writeFileSync(join(folder, 'commands.log.part'), '');
  expect(await placeForDump('/var/tank', folder, true)).toBe(folder);
  expect(await placeForDump('/var/tank', folder, false)).toBe(join(folder, 'tank'));
});

test('a dump that was rotated comes with all its parts, also those that are packed, and goes on after a rotation', async () => {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const spool = join(temporaryDirectory(), 'tank');
  const into = join(temporaryDirectory(), 'taken');
  const files = {
    ...{ 'tank/commands.log': 'c', 'tank/commands.log.1': 'bb', 'tank/commands.log.2.xz': 'a', 'tank/other.log': 'x' },
    'tank-part-2/samples.log': 'd',
  };
  for (const directory of [spool, `${spool}-part-2`]) mkdirSync(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(spool, '..', name), text);
  const data = ['--data-folder', join(temporaryDirectory(), 'data')];
  const pull = (...more: string[]) =>
    runCli(['dump', 'pull', `This machine:${spool}`, into, '--json', ...more, ...data]);
  try {
    expect(await pull()).toBe(0);
    expect(JSON.parse(out.join(''))).toEqual({
      to: into,
      files: [
        { name: 'commands.log.2.xz', part: 1, size: 1 },
        { name: 'commands.log.1', part: 1, size: 2 },
        { name: 'commands.log', part: 1, size: 1 },
        { name: 'samples.log', part: 2, size: 1 },
      ],
    });
    const taken = (name: string) => readFileSync(name, 'utf8');
    expect(taken(join(into, 'commands.log.1')) + taken(`${into}-part-2/samples.log`)).toBe('bbd');
    expect(await pull('--resume')).toBe(0);
    // As long as the one that is here, and another.
    renameSync(join(spool, 'commands.log.1'), join(spool, 'commands.log.2'));
    writeFileSync(join(spool, 'commands.log.1'), 'cc');
    expect(await pull('--resume')).toBe(1);
    expect(taken(join(into, 'commands.log.1'))).toBe('bb');
  } finally {
    write.mockRestore();
  }
}, 60_000);
