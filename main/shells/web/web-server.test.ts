import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Wire } from '../../contract/rpc/wire.ts';
import { startWebServer, type WebServer } from './web-server.ts';

let folder: string;
let server: WebServer;
let wires: Wire[];
let entered: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rackside-web-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<p>the page</p>');
  writeFileSync(join(folder, 'page', 'assets', 'a-1.js'), 'run()');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  wires = [];
  entered = 0;
  server = await startWebServer({
    port: 0,
    pageFolder: join(folder, 'page'),
    onEnter: () => {
      entered += 1;
    },
    onWire: (wire) => wires.push(wire),
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** As the bytes say: no client between that would tidy up the path or the headers. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

function opening(): string {
  const { pathname, search } = new URL(server.url);
  return pathname + search;
}

/** The cookie, and where it is good for: a path that only this browser is told. */
async function enter(): Promise<{ cookie: string; base: string }> {
  const { headers } = await get(opening());
  const [, cookie = '', base = ''] = /^([^;]+); Path=([^;]+);/.exec(headers['set-cookie']?.[0] ?? '') ?? [];
  return { cookie, base };
}

function upgrade(headers: Record<string, string>, path: string): Promise<number | 'open'> {
  const socket = new WebSocket(`ws://${new URL(server.url).host}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve('open');
      socket.close();
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

describe('getting in', () => {
  test('the token works once and becomes a strict cookie that names the instance', async () => {
    const first = await get(opening());
    expect(first.status).toBe(200);
    expect(first.body).toMatch(/http-equiv="refresh" content="0;url=\/[0-9a-f]{32}\/"/);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^rackside-[0-9a-f]{12}=[\w-]{43}; Path=\/[0-9a-f]{32}\/; HttpOnly; SameSite=Strict$/),
    ]);
    const second = await get(opening());
    expect([second.status, second.headers['set-cookie'], second.body]).toEqual([
      401,
      undefined,
      expect.stringContaining('start Rackside again'),
    ]);
    expect(entered).toBe(1);
  });

  test('a browser that is in sees the page where its cookie is good, and nothing elsewhere', async () => {
    const { cookie, base } = await enter();
    expect((await get(base, { cookie: `other=1; ${cookie}` })).body).toBe('<p>the page</p>');
    expect([(await get('/', { cookie })).status, (await get('/assets/a-1.js', { cookie })).status]).toEqual([404, 404]);
  });

  test.each([
    ['no token', '/', {}],
    ['a wrong token', '/?token=wrong', {}],
    ['a token in the wrong length and alphabet', '/?token=%00%ff', {}],
    ['a made-up cookie', '/', { cookie: 'rackside-000000000000=x' }],
    ['an asset', '/assets/a-1.js', {}],
    ['a path that is no URL', '//', {}],
  ])('with %s nobody gets in, and reads how to', async (_what, path, headers) => {
    const { status, body } = await get(path, headers);
    expect([status, body]).toEqual([401, expect.stringContaining('open the address that Rackside printed')]);
  });

  test('a token is not taken by HEAD or POST, so a link checker does not use it up', async () => {
    const statuses = [];
    for (const method of ['HEAD', 'POST', 'GET']) statuses.push((await get(opening(), {}, method)).status);
    expect([statuses, entered]).toEqual([[401, 401, 200], 1]);
  });
});

describe('hosts and origins', () => {
  test.each([
    ['127.0.0.1:5', 200],
    ['localhost:8080', 200],
    ['LOCALHOST', 200],
    ['[::1]:1', 200],
    ['rackside.example', 403],
    ['127.0.0.1.example:80', 403],
    ['localhost:80@evil.example', 403],
    ['10.0.0.1', 403],
    ['localhost.', 403],
    [' ', 403],
  ])('Host %j is answered with %i', async (host, status) => {
    const { cookie, base } = await enter();
    expect((await get(base, { cookie, host })).status).toBe(status);
  });

  test.each([
    ['http://localhost:9', 'localhost:9', 200],
    ['http://localhost:8', 'localhost:9', 403],
    ['https://localhost:9', 'localhost:9', 403],
    ['null', 'localhost:9', 403],
    ['http://evil.example', 'localhost:9', 403],
  ])('Origin %s at Host %s is answered with %i', async (origin, host, status) => {
    const { cookie, base } = await enter();
    expect((await get(base, { cookie, host, origin })).status).toBe(status);
  });
});

describe('the socket', () => {
  test('opens for a page of this origin that has the cookie', async () => {
    const { cookie, base } = await enter();
    const { host } = new URL(server.url);
    const wire = `${base}wire`;
    expect([await upgrade({ cookie, origin: `http://${host}` }, wire), wires.length]).toEqual(['open', 1]);
    expect(await upgrade({ cookie, host: 'localhost:7', origin: 'http://localhost:7' }, wire)).toBe('open');
  });

  test('opens for nobody else', async () => {
    const { cookie, base } = await enter();
    const { host } = new URL(server.url);
    const wire = `${base}wire`;
    const origin = `http://${host}`;
    const refused = [
      await upgrade({ origin }, wire),
      await upgrade({ cookie }, wire),
      await upgrade({ cookie, origin: 'http://evil.example' }, wire),
      await upgrade({ cookie, origin: 'http://evil.example', host: 'evil.example' }, wire),
      await upgrade({ cookie: `${cookie}x`, origin }, wire),
      await upgrade({ cookie, origin }, `${base}other`),
      await upgrade({ cookie, origin }, '/wire'),
    ];
    expect([refused, wires]).toEqual([[403, 403, 403, 403, 403, 403, 403], []]);
  });
});

describe('the page', () => {
  test('comes with a strict policy and is not kept; what changes its name with its content is', async () => {
    const { cookie, base } = await enter();
    const page = await get(base, { cookie });
    const asset = await get(`${base}assets/a-1.js`, { cookie });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; /),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect([asset.body, asset.headers['content-type'], asset.headers['cache-control']]).toEqual([
      'run()',
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ]);
  });

  test.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/assets',
    '/nothing',
  ])('%s does not exist', async (path) => {
    const { cookie, base } = await enter();
    expect((await get(base + path.slice(1), { cookie })).status).toBe(404);
  });

  test('is only read', async () => {
    const { cookie, base } = await enter();
    expect([(await get(base, { cookie }, 'POST')).status, (await get(base, { cookie }, 'HEAD')).status]).toEqual([
      405, 200,
    ]);
  });
});
