import { expect, test } from 'vitest';
import { droppedPath } from './dropped-path.ts';

test.each([
  { name: 'a URL of a file manager', uris: 'file:///tmp/from%20a/dump\r\n', text: '', path: '/tmp/from a/dump' },
  { name: 'a URL of Windows', uris: 'file:///C:/dumps/a.zip', text: '', path: 'C:/dumps/a.zip' },
  { name: 'a path of a terminal', uris: '', text: ' /var/dumps/a.tar.gz\n', path: '/var/dumps/a.tar.gz' },
  { name: 'a path of Windows', uris: '', text: 'C:\\dumps\\a', path: 'C:\\dumps\\a' },
  { name: 'a comment before the URL', uris: '# dropped\nfile:///a', text: '', path: '/a' },
])('$name names a path', ({ uris, text, path }) => {
  expect(droppedPath('dump', uris, text)).toEqual({ path });
});

test.each([
  ['dump.zip', '', '', 'dump.zip: '],
  ['dump.zip', 'https://host.example/dump.zip', '', 'dump.zip: '],
  [null, '', 'some words', 'What was dropped: '],
  [null, 'file:///%zz', '', 'What was dropped: '],
])('%j with %j and %j names none, and says why', (name, uris, text, begins) => {
  const problem = `${begins}a page is not told where a dropped file lies. Type or paste its path.`;
  expect(droppedPath(name, uris, text)).toEqual({ path: null, problem });
});
