import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSparseCopy } from './sparse-copy.ts';

test('one that was closed writes into no other file that has its number now', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-sparse-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const copy = createSparseCopy(join(folder, 'copy'), 100);
  copy.write(10, Buffer.from('abc'));
  expect([copy.present, copy.read(9, Buffer.alloc(5)).toString('latin1')]).toEqual([3, '\0abc\0']);
  copy.close();
  // The lowest free number: the one that was closed.
  const other = openSync(join(folder, 'other'), 'w+');
  onTestFinished(() => closeSync(other));
  expect(() => copy.write(0, Buffer.from('x'))).toThrow('closed meanwhile');
  expect(() => copy.read(0, Buffer.alloc(1))).toThrow('closed meanwhile');
  copy.close();
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('');
});
