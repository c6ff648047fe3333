import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { listPage, pageHeaders } from '../page.ts';

export const pageUrl = 'app://rackside/';

/** Must run before Electron is ready: our scheme is a real origin, with the rights of https. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page, and nothing else, at `app://rackside/`. */
export function setupPageProtocol(pageFolder: string): void {
  const files = listPage(pageFolder);
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'rackside' && request.method === 'GET' ? files.get(pathname) : undefined;
    const body = file === undefined ? null : await readFile(file.path).catch(() => null);
    if (file === undefined || body === null) return new Response('There is no such page.', { status: 404, headers });
    return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': file.type } });
  });
}

/** On every answer, the refusals too. */
const headers = { ...pageHeaders };
