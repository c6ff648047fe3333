import { expect, test } from 'vitest';
import { endingOf, isWholePath, partName, placeOf, reportName, withEnding } from './share-names.ts';

const now = Date.UTC(2026, 10, 21, 14, 3, 22, 900);

test('where a dump lies, and what it is called, whatever of it was opened', () => {
  const paths = [
    '/dumps/tank',
    '/dumps/tank/',
    '/dumps/tank/commands.log',
    '/dumps/tank.tar.gz',
    'D:\\dumps\\tank.zip',
    '/tank',
    'backup:/var/lib/dumps/tank',
    'tank',
  ];
  expect(paths.map(placeOf)).toEqual([
    { folder: '/dumps/', name: 'tank' },
    { folder: '/dumps/', name: 'tank' },
    { folder: '/dumps/', name: 'tank' },
    { folder: '/dumps/', name: 'tank' },
    { folder: 'D:\\dumps\\', name: 'tank' },
    { folder: '/', name: 'tank' },
    null,
    null,
  ]);
  expect([isWholePath('\\\\nas\\dumps'), isWholePath('~/part.zip'), isWholePath('')]).toEqual([true, false, false]);
});

test('a name is new, and tells no host where names are hidden', () => {
  expect([
    partName('tank', false, '.tar.gz', now),
    partName('tank', true, '.zip', now),
    partName('tank', true, '', now),
    reportName('tank', false, now),
    reportName('tank', true, now),
  ]).toEqual([
    'tank-part-2026-11-21T14-03-22Z.tar.gz',
    'dump-redacted-2026-11-21T14-03-22Z.zip',
    'dump-redacted-2026-11-21T14-03-22Z',
    'tank-moment-2026-11-21T14-03-22Z.html',
    'moment-redacted-2026-11-21T14-03-22Z.html',
  ]);
});

test('the end of a name says how it is written, and can be exchanged', () => {
  expect(['/a/b.ZIP', '/a/b.tgz', '/a/b.tar.gz', '/a/b.v2'].map(endingOf)).toEqual(['.zip', '.tar.gz', '.tar.gz', '']);
  expect([withEnding('/a/b.zip', '.tar.gz'), withEnding('/a/b.tar.gz', ''), withEnding('/a/b.v2', '.zip')]).toEqual([
    '/a/b.tar.gz',
    '/a/b',
    '/a/b.v2.zip',
  ]);
});
