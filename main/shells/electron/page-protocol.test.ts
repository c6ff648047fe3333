import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resetElectron, seen } from './electron-fixture.ts';

vi.mock('electron', async () => (await import('./electron-fixture.ts')).electron);
const { registerPageScheme, setupPageProtocol } = await import('./page-protocol.ts');

let folder: string;
let page: string;
beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'rackside-page-'));
  page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>the page</p>');
  writeFileSync(join(page, 'assets', 'index-1.js'), 'run()');
  writeFileSync(join(page, 'notes.txt'), 'of no type that a page is made of');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  symlinkSync(join(folder, 'secret.js'), join(page, 'linked.js'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function fetchFrom(url: string, method = 'GET') {
  const response = (await seen.handlers['protocol app']?.({ url, method })) as Response;
  return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) };
}

/** Written out: a policy that grows by accident fails here. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const refusal = {
  status: 404,
  body: 'There is no such page.',
  headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
};

test('the scheme is an origin like https, and may not do more', () => {
  registerPageScheme();
  expect(seen.handlers.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});

test('the built page is served under the policy', async () => {
  setupPageProtocol(page);
  expect([await fetchFrom('app://rackside/'), await fetchFrom('app://rackside/assets/index-1.js?v=1#there')]).toEqual([
    { status: 200, body: '<p>the page</p>', headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } },
    { status: 200, body: 'run()', headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' } },
  ]);
});

test.each([
  'app://rackside/../secret.js',
  'app://rackside/..%2fsecret.js',
  'app://rackside/%2e%2e/secret.js',
  'app://rackside/assets/..\\..\\..\\secret.js',
  'app://rackside//etc/passwd',
  'app://rackside/linked.js',
  'app://rackside/notes.txt',
  'app://rackside/assets/',
  'app://rackside/assets/index-1.js%00.html',
  'app://rackside/unknown.js',
  'app://elsewhere/',
  'app://rackside.example/',
])('%s does not exist, and says so under the policy too', async (url) => {
  setupPageProtocol(page);
  expect(await fetchFrom(url)).toEqual(refusal);
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is no way to ask', async (method) => {
  setupPageProtocol(page);
  expect(await fetchFrom('app://rackside/', method)).toEqual(refusal);
});

test('a file that is gone since the start does not exist', async () => {
  setupPageProtocol(page);
  rmSync(join(page, 'index.html'));
  expect(await fetchFrom('app://rackside/')).toEqual(refusal);
});
