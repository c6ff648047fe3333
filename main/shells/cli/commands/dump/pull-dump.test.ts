import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../../../e2e/lab/connecting.ts';
import { placeForDump } from './pull-dump.ts';

test('a dump goes into a folder under its own name, or on in the folder where it was begun', async () => {
  const folder = temporaryDirectory();
  expect(await placeForDump('/var/tank/', folder, true)).toBe(join(folder, 'tank'));
  expect(await placeForDump('/var/tank', join(folder, 'new'), true)).toBe(join(folder, 'new'));
  writeFileSync(join(folder, 'commands.log.part'), '');
  expect(await placeForDump('/var/tank', folder, true)).toBe(folder);
  expect(await placeForDump('/var/tank', folder, false)).toBe(join(folder, 'tank'));
});
