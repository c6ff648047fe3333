import { expect, test } from 'vitest';
import {
  filterOf,
  firstChoices,
  isOfPath,
  partPath,
  problemsOf,
  reportPath,
  sliceRequest,
  whatOffered,
  wordsProblem,
} from './share-choices.ts';
import type { ShareSubject } from './share-subject.ts';

const now = Date.UTC(2026, 10, 21, 14, 3, 22);
const subject: ShareSubject = { hostId: 'a', path: '/dumps/tank', filter: {}, span: null, at: null };
const span = { from: 1000.5, to: 2000.5 };

test('what is offered is what differs', () => {
  const offered = (over: Partial<ShareSubject>) => whatOffered({ ...subject, ...over });
  expect([
    offered({}),
    offered({ span }),
    offered({ filter: { marks: ['failed'] }, span }),
    offered({ filter: { from: 1, to: 2 }, span }),
    offered({ filter: { from: 1, exit: 3 }, span }),
  ]).toEqual([['all'], ['all', 'span'], ['all', 'filter', 'span'], ['all', 'filter'], ['all', 'filter', 'span']]);
  expect([firstChoices(subject).what, firstChoices({ ...subject, filter: { exit: 1 } }).what]).toEqual([
    'all',
    'filter',
  ]);
});

test('each of them is a filter', () => {
  const looked = { ...subject, filter: { commands: [3] }, span };
  expect((['all', 'filter', 'span'] as const).map((what) => filterOf(looked, what))).toEqual([
    {},
    { commands: [3] },
    { from: 1000, to: 2001 },
  ]);
});

test('choices become a request', () => {
  const choices = { ...firstChoices(subject), words: ' Apollo \n\nApollo\nBluebird' };
  const to = partPath(subject, choices, '/elsewhere/', now);
  expect(sliceRequest(subject, choices, to)).toEqual({
    hostId: 'a',
    filter: {},
    redaction: { redact: true, words: ['Apollo', 'Bluebird'], names: [] },
    to: '/dumps/dump-redacted-2026-11-21T14-03-22Z.zip',
  });
  // Words that are left over from before hide nothing.
  expect(sliceRequest(subject, { ...choices, redacts: false }, to).redaction).toEqual({
    redact: false,
    words: [],
    names: [],
  });
});

test('a dump of another machine goes to the folder of dumps', () => {
  const remote = { ...subject, path: 'tank:/var/dumps/tank' };
  expect([
    partPath(remote, firstChoices(remote), '/data/dumps/', now),
    reportPath(remote, { redacts: false }, '/data/dumps/', now),
    partPath(remote, { ...firstChoices(remote), path: 'typed' }, '/data/dumps/', now),
  ]).toEqual([
    '/data/dumps/dump-redacted-2026-11-21T14-03-22Z.zip',
    '/data/dumps/dump-moment-2026-11-21T14-03-22Z.html',
    'typed',
  ]);
});

test('what is wrong is told by its field', () => {
  const choices = { ...firstChoices(subject), words: 'x' };
  expect([
    problemsOf(choices, 'part.zip'),
    problemsOf({ ...choices, redacts: false }, '/a/part.zip'),
    problemsOf({ ...choices, words: '' }, '  '),
    problemsOf({ ...choices, words: '' }, '/a/report.htm', '.html'),
    problemsOf({ ...choices, words: '' }, '/a/report.HTML ', '.html'),
  ]).toEqual([
    {
      words: '“x” is one letter: it would be replaced everywhere. Name a longer word.',
      path: 'Say the whole path, as in /home/me/part.zip.',
    },
    {},
    { path: 'Say where it is to be written.' },
    { path: 'The name has to end in .html.' },
    {},
  ]);
  expect([
    wordsProblem('a'.repeat(201)),
    wordsProblem(Array.from({ length: 1001 }, (_, n) => `word ${n}`).join('\n')),
    wordsProblem('ab\n'),
  ]).toEqual(['A word has at most 200 letters.', 'At most 1000 words can be named.', null]);
});

test('a fault that names the path stands beside it', () => {
  const fault = { code: 'bad_input', step: 'slice', message: '/a/b.zip is there already: choose a new name.' } as const;
  expect([
    isOfPath(fault, '/a/b.zip'),
    isOfPath({ ...fault, message: 'Nothing of the dump is chosen.' }, '/a/b.zip'),
  ]).toEqual([true, false]);
});
