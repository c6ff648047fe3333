import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collectors } from './index.ts';

test('README has a row for each collector, with its kind', () => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\|.*\| (fast|medium|slow|daily) \| `(\w+)` \|$/gm)].map(
    ([, kind, id]) => `${id} ${kind}`,
  );
  expect(rows.sort()).toEqual(collectors.map(({ id, kind }) => `${id} ${kind}`).sort());
});
