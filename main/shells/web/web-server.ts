import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { maxMessageBytes, type Wire } from '../../contract/rpc/wire.ts';
import { listPage, type PageFile, pageHeaders } from '../page.ts';
import { createGuard } from './guard.ts';
import { createWebSocketWire } from './web-socket-wire.ts';

/** An import reads every name of the module, and one of them loads all that `fetch` needs: a tenth of the start. */
const { createServer } = process.getBuiltinModule('node:http');

export interface WebServer {
  /** The opening URL, good for one browser. */
  readonly url: string;
  close(): Promise<void>;
}

export interface WebServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Where the built page is. */
  readonly pageFolder: string;
  /** Called when the browser is let in, before it has the page. */
  onEnter(): void;
  /** Called for each page that opens its socket. */
  onWire(wire: Wire): void;
}

/** Serves the page and its socket (`wire`, beside it) on 127.0.0.1, to one browser. Rejects when the port is taken. */
export async function startWebServer({ port, pageFolder, onEnter, onWire }: WebServerOptions): Promise<WebServer> {
  const guard = createGuard();
  const files = listPage(pageFolder);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });

  const server = createServer((request, response) => {
    const admission = guard.admit(request);
    if (admission.kind === 'foreign') return sayPlainly(response, 403, 'This address is not for other pages.');
    if (admission.kind === 'stranger') return sayPlainly(response, 401, howToGetIn);
    if (admission.kind === 'first') {
      letIn(response, guard.base, admission.cookie);
      return onEnter();
    }
    const path = pathOf(request);
    const file = path.startsWith(guard.base) ? files.get(`/${path.slice(guard.base.length)}`) : undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sayPlainly(response, 405, 'There is only GET here.');
    if (file === undefined) return sayPlainly(response, 404, 'There is no such page.');
    sendFile(response, file, request.method === 'HEAD');
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (pathOf(request) !== `${guard.base}wire` || !guard.admitUpgrade(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => onWire(createWebSocketWire(webSocket)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=${guard.token}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const howToGetIn =
  'Rackside is open in the browser that it was started for. To use this one, open the address that Rackside printed; it works once. Or start Rackside again (npm start), and take the new address.';

/**
 * The page that carries the cookie moves on by itself. A redirect would not do: the browser sends a `SameSite=Strict`
 * cookie only where our own page asked, not where a file or another program did.
 */
function letIn(response: ServerResponse, base: string, cookie: string): void {
  send(response, 200, `<meta http-equiv="refresh" content="0;url=${base}"><a href="${base}">Rackside</a>`, {
    'Set-Cookie': cookie,
  });
}

function sayPlainly(response: ServerResponse, status: number, sentence: string): void {
  send(response, status, `<p>${sentence}</p>`, {});
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string>): void {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Rackside</title>${body}</html>`;
  response.writeHead(status, {
    ...pageHeaders,
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(page);
}

function sendFile(response: ServerResponse, { path, type, immutable }: PageFile, headersOnly: boolean): void {
  const keep = immutable ? 'private, max-age=31536000, immutable' : 'no-store';
  response.writeHead(200, { ...pageHeaders, 'Content-Type': type, 'Cache-Control': keep });
  if (headersOnly) response.end();
  else
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** The path without its query; what is no URL is no path of ours. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}
