import { expect, test } from 'vitest';
import type { Entry } from '../../../main/contract/dump-entries.ts';
import { entryWriter } from './export-table.ts';

const entry: Entry = {
  position: 3,
  at: Date.UTC(2026, 10, 21, 14),
  command: '=1+1',
  commandId: 0,
  exit: null,
  error: 'no such program',
  durationMs: 1.5,
  offset: 100,
  size: 0,
  stderr: 0,
  truncated: false,
  timedOut: false,
  absent: false,
  state: 'torn',
  kind: null,
};

test('entries as CSV, parts after one another', () => {
  const writer = entryWriter('csv');
  const text = writer.begin() + writer.part([entry]) + writer.part([]) + writer.end();
  expect(text.split('\r\n')).toEqual([
    'position,at,command,exit,error,durationMs,size,stderr,offset,state,truncated,timedOut,absent,kind',
    '3,2026-11-21T14:00:00.000Z,"\'=1+1",,no such program,1.5,0,0,100,torn,false,false,false,',
    '',
  ]);
});

test('entries as JSON, whatever the parts', () => {
  const writer = entryWriter('json');
  const text = writer.begin() + writer.part([entry]) + writer.part([entry, entry]) + writer.end();
  const { commandId: _id, ...told } = entry;
  expect(JSON.parse(text)).toEqual(Array(3).fill({ ...told, at: '2026-11-21T14:00:00.000Z' }));
  expect(JSON.parse(entryWriter('json').begin() + entryWriter('json').end())).toEqual([]);
});
