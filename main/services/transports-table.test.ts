import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { transportFeatures } from '../domain/ssh/transports.ts';

test('the table of docs/ssh.md says what the data says', () => {
  const text = readFileSync(new URL('../../docs/ssh.md', import.meta.url), 'utf8');
  const rows = transportFeatures.map((row) =>
    [`\`${row.name}\``, row.when, row.program, row.command, row.sftp, row.forward, row.pty]
      .map((cell) => cell ?? '–')
      .join(' | '),
  );
  const table = text.split('\n').filter((line) => /^\| `/.test(line));
  expect(table).toEqual(rows.map((row) => `| ${row} |`));
});
