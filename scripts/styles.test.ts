import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkComponent, checkStylesheet, tokensIn } from './styles/check.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const below = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);

const tokenFile = 'renderer/styles/tokens.css';
const tokens = tokensIn(read(tokenFile));

test('what the page looks like stands in the tokens alone', () => {
  const stylesheets = below('renderer', '.css').filter((path) => path !== tokenFile);
  const components = below('renderer', '.tsx');
  expect(stylesheets.length).toBeGreaterThan(10);
  expect([
    ...stylesheets.flatMap((path) => checkStylesheet(path, read(path), tokens)),
    ...components.flatMap((path) => checkComponent(path, read(path), tokens)),
  ]).toEqual([]);
});

test('each token is used, or it is none', () => {
  const all = [...below('renderer', '.css'), ...below('renderer', '.tsx'), ...below('renderer', '.ts')]
    .map(read)
    .join();
  const parts = [...all.matchAll(/--[\w-]+(?=\$\{)/g)].map(([part]) => part);
  const unused = [...tokens].filter(
    (token) => !new RegExp(`${token}(?![\\w-])(?!\\s*:)`).test(all) && !parts.some((part) => token.startsWith(part)),
  );
  expect(unused).toEqual([]);
});

test('each stylesheet is loaded, the tokens first', () => {
  const loaded = [...read('renderer/main.tsx').matchAll(/'\.\/(styles\/.*\.css)'/g)].map(
    ([, path]) => `renderer/${path}`,
  );
  expect([loaded[0], [...loaded].sort()]).toEqual([tokenFile, below('renderer/styles', '.css').sort()]);
});

const some = new Set(['--bg', '--series-busy', '--space-1']);

test.each([
  ['a { color: var(--bg); margin: 0 auto -1px; }', []],
  ['a { background: #fff; }', ['1 background: the colour "#fff" is a token\'s']],
  ['/* #fff\n */\na { fill: RED; }', ['3 fill: the colour "RED" is a token\'s']],
  ['a { border: 1px solid rgb(0 0 0); }', ['1 border: the colour "rgb(" is a token\'s']],
  ['#nav-red:hover { color: inherit }', []],
  ['@media (forced-colors: active) { a { outline: 2px solid Highlight; } }', []],
  ['a { color: var(--pink); }', ['1 --pink is no token of styles/tokens.css']],
  ['a { --own: var(--bg); color: var(--own); }', []],
  ['a { padding: 0 0.75rem; width: 12rem; }', ['1 padding: "0.75rem" is a token\'s: --space-…, --size-…']],
  ['a { margin: calc(2 * var(--space-1)); gap: 1px }', []],
])('the stylesheet %j', (css, breaches) => {
  expect(checkStylesheet('a.css', css, some).map(({ line, rule }) => `${line} ${rule}`)).toEqual(breaches);
});

test.each([
  [`<Line stroke={\`var(--series-\${tone})\`} />`, []],
  [`<Line stroke={\`var(--line-\${tone})\`} />`, ['1 --line- is no token of styles/tokens.css']],
  ['<Area stroke="none" fill="#123456" />', ['1 the colour "#123456" is a token\'s']],
  ["<p style={{ color: 'crimson' }} />\n<p style={{ background: 'white' }} />", ['2 the colour "white" is a token\'s']],
  ['<Link to="#/host/abc" title="red" />', []],
])('the component %j', (source, breaches) => {
  expect(checkComponent('a.tsx', source, some).map(({ line, rule }) => `${line} ${rule}`)).toEqual(breaches);
});
