import { expect, test } from 'vitest';
import { jsonRows, jsonTree } from './json-tree.ts';

const before = {
  data: {
    load: { one: 0.5 },
    list: [
      { pid: 1, name: 'init' },
      { pid: 7, name: 'sh' },
    ],
    gone: 1,
  },
};
const now = {
  data: {
    load: { one: 1.5 },
    list: [
      { pid: 7, name: 'sh' },
      { pid: 9, name: 'dd' },
    ],
    fresh: null,
  },
};

function rowsOf(query = '', changedOnly = false, toggled: readonly string[] = []) {
  const root = jsonTree(JSON.stringify(now), JSON.stringify(before));
  if (root === null) throw new Error('The tree is missing.');
  return jsonRows(root, new Set(toggled), query, changedOnly).map(
    ({ node, open }) =>
      `${' '.repeat(node.depth - 1)}${node.key}${node.value === null ? '' : `=${node.value}`}${open ? ' v' : ''} ${node.change}${node.before === null ? '' : ` was ${node.before}`}`,
  );
}

test('marks what is another than before, and knows the things of a list by their names', () => {
  expect(rowsOf()).toEqual([
    'data v within',
    ' load v within',
    '  one=1.5 changed was 0.5',
    ' list v within',
    '  0 v none',
    '   pid=7 none',
    '   name=sh none',
    '  1 v added',
    '   pid=9 none',
    '   name=dd none',
    ' fresh=null added',
  ]);
});

test('closed by hand, narrowed to words, and to what changed', () => {
  expect(rowsOf('', false, ['["data","list"]'])).toEqual([
    'data v within',
    ' load v within',
    '  one=1.5 changed was 0.5',
    ' list within',
    ' fresh=null added',
  ]);
  expect(rowsOf('SH')).toEqual([
    'data v within',
    ' list v within',
    '  0 v none',
    '   name=sh none',
    ' fresh=null added',
  ]);
  expect(rowsOf('', true)).toEqual([
    'data v within',
    ' load v within',
    '  one=1.5 changed was 0.5',
    ' fresh=null added',
  ]);
});

test('each value knows the collector that told it', () => {
  const root = jsonTree('{"collected_at":"x","data":{"cpu":{"total":{"busy":1}}}}', null);
  const rows = root === null ? [] : jsonRows(root, new Set(), '', false);
  expect(rows.map(({ node }) => [node.key, node.collector])).toEqual([
    ['collected_at', null],
    ['data', null],
    ['cpu', 'cpu'],
    ['total', 'cpu'],
    ['busy', 'cpu'],
  ]);
});

test('what is no JSON is no tree, and what is deep ends', () => {
  expect(jsonTree('{"a":', null)).toBeNull();
  expect(jsonTree(`${'['.repeat(5000)}${']'.repeat(5000)}`, null)).not.toBeNull();
});
