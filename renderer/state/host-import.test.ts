import { expect, test } from 'vitest';
import type { ImportCandidate } from '../../main/contract/host-import.ts';
import { choicesOf, deedWords, doneWords, firstDeeds } from './host-import.ts';

function candidate(name: string, hostId: string | null = null): ImportCandidate {
  const target = { transport: 'ssh' as const, address: name, port: null, user: null, identityFiles: [], agent: true };
  return { draft: { name, target }, duplicate: hostId === null ? null : { hostId, name, by: 'name' } };
}

test('what is there already is left alone at first; then it is done as chosen', () => {
  const [fresh, known, other] = [candidate('fresh'), candidate('known', 'id-1'), candidate('other', 'id-2')];
  const candidates = [fresh, known, other];
  expect(firstDeeds(candidates)).toEqual(['add', 'skip', 'skip']);
  expect(choicesOf(candidates, ['add', 'update', 'skip'])).toEqual({
    hosts: [
      { draft: fresh.draft, updates: null },
      { draft: known.draft, updates: 'id-1' },
    ],
  });
  expect(choicesOf(candidates, ['skip', 'add'])).toEqual({ hosts: [{ draft: known.draft, updates: null }] });
});

test('words for the button and for the result', () => {
  expect([deedWords([]), deedWords(['add', 'skip']), deedWords(['update', 'update'])]).toEqual([
    'Add 0 hosts',
    'Add 1 host',
    'Update 2 hosts',
  ]);
  expect(deedWords(['add', 'add', 'update'])).toBe('Add 2 hosts, update 1');
  expect(doneWords({ added: 2, updated: 1, problems: [] })).toBe('2 hosts added, 1 updated.');
  expect(doneWords({ added: 0, updated: 1, problems: [] })).toBe('1 host updated.');
  expect(doneWords({ added: 1, updated: 0, problems: [] })).toBe('1 host added.');
});
