import { expect, test } from 'vitest';
import { previewRows, previewWords } from './preview-rows.ts';
import { countedOf, countedWords, doneWords, filterWords, progressOf, replacedRows, spanWords } from './share-words.ts';

const utc = () => 0;
const progress = { to: '/a.zip', bytes: 4096, doneBytes: 1024, entries: 0, samples: 0, replaced: {}, done: false };

test('how much is chosen', () => {
  expect([
    countedWords(countedOf({ entries: [1, 0, 100], bytes: [10, 0, 2038] })),
    countedWords(countedOf({ entries: [1], bytes: [0] })),
    countedWords(countedOf({ entries: [], bytes: [] })),
  ]).toEqual(['101 entries, 2.00 KB', '1 entry, 0 B', '0 entries, 0 B']);
});

test('what is redacted is read twice, and told so', () => {
  expect([
    progressOf(progress, true),
    progressOf({ ...progress, doneBytes: 3072, entries: 7 }, true),
    progressOf({ ...progress, doneBytes: 3072, entries: 1 }, false),
    progressOf({ ...progress, bytes: 0, doneBytes: 0 }, false).share,
  ]).toEqual([
    { share: 0.25, words: 'Finding names and secrets: 1.00 KB of 2.00 KB' },
    { share: 0.75, words: 'Writing: 1.00 KB of 2.00 KB, 7 entries' },
    { share: 0.75, words: 'Writing: 3.00 KB of 4.00 KB, 1 entry' },
    0,
  ]);
});

test('what came of it', () => {
  const done = { ...progress, entries: 1, samples: 2, replaced: { user: 3, new_type: 3, host: 40 }, done: true };
  expect([doneWords(done), replacedRows(done)]).toEqual([
    '1 entry and 2 samples are exported to',
    [
      { name: 'host names', count: 40 },
      { name: 'new_type', count: 3 },
      { name: 'users', count: 3 },
    ],
  ]);
});

test('a span and a filter in one line', () => {
  const from = Date.UTC(2026, 10, 21, 23, 59);
  const commands = [{ id: 3, command: 'zpool status' }];
  expect([
    spanWords({ from, to: from + 5000 }, utc),
    spanWords({ from, to: from + 90_000 }, utc),
    filterWords({ command: 'zp', marks: ['failed'], noted: true, searchId: 's', commands: [3] }, commands, utc),
  ]).toEqual([
    '2026-11-21 23:59:00 – 23:59:05',
    '2026-11-21 23:59:00 – 2026-11-22 00:00:30',
    '“zp”, failed, noted, hits of the search, zpool status',
  ]);
});

test('what would be replaced stands under its type, and is found by either name', () => {
  const tank = { type: 'host', original: 'tank-07', pseudonym: 'raji-41', count: 5 };
  const web = { type: 'host', original: 'Web', pseudonym: 'Lod', count: 1 };
  const secret = { type: 'secret', original: 'hunter2', pseudonym: 'fopwam8', count: 2 };
  const found = [tank, web, secret];
  const hosts = { kind: 'type', type: 'host', name: 'host names', things: 1, places: 5 };
  expect(previewRows(found, '')).toEqual([
    { ...hosts, things: 2, places: 6 },
    { kind: 'thing', found: tank },
    { kind: 'thing', found: web },
    { kind: 'type', type: 'secret', name: 'secrets', things: 1, places: 2 },
    { kind: 'thing', found: secret },
  ]);
  expect(previewRows(found, ' RAJI')).toEqual([hosts, { kind: 'thing', found: tank }]);
  expect(previewRows(found, 'secrets').map(({ kind }) => kind)).toEqual(['type', 'thing']);
  expect([
    previewWords({ found, readBytes: 2048, bytes: 4096 }),
    previewWords({ found: [], readBytes: 4096, bytes: 4096 }),
  ]).toEqual([
    '3 to replace in 8 places; looked at the first 2.00 KB of 4.00 KB.',
    '0 to replace in 0 places; looked at all 4.00 KB.',
  ]);
});
