import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchBrowser, listen } from '../browser.ts';
import type { ShellOptions, StartShell } from '../shell.ts';
import type { FromStandIn, ToStandIn } from './messages.ts';
import { preloadHost } from './preload-host.ts';

/** Chromium knows no `app:` scheme without Electron; this origin stands for it, and no request leaves the test. */
const pageOrigin = 'https://rackside.invalid';
const appOrigin = 'app://rackside';
const builtHere = join(import.meta.dirname, '..', '..', '..', 'out');
const names = { toMain: 'standInToMain', fromMain: 'standInFromMain' };

/** The built main process and preload of the Electron shell, with a page in Chromium as their window. */
export const startElectronStandIn: StartShell = async (options) => {
  const main = startMain(options, {});
  const loads = queueLoads(main);
  const preload = await new Promise<string>((resolve, reject) => {
    main.once('exit', () => reject(new Error('The main process ended before it made a window.')));
    main.on('message', (message: FromStandIn) => {
      if (message.type !== 'window') return;
      if (message.sandboxed) resolve(message.preload);
      else reject(new Error('The window is not sandboxed.'));
    });
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    colorScheme: options.theme ?? 'dark',
    viewport: options.viewport ?? { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const complaints = listen(page);
  await connect(page, main, readFileSync(preload, 'utf8'));
  await loads.into(page);
  return {
    page,
    context,
    complaints,
    startAgain: async (...args) => {
      const second = startMain({ ...options, args }, { RACKSIDE_STAND_IN_SECOND: '1' });
      second.on('message', (message: FromStandIn) => {
        if (message.type === 'second-start') tell(main, message);
      });
      const [exit] = await once(second, 'exit');
      if (exit !== 0) throw new Error(`The second start ended with ${exit}.`);
    },
    close: async () => {
      await browser.close();
      if (main.connected) tell(main, { type: 'close' });
      if (main.exitCode === null && main.signalCode === null) await once(main, 'exit');
    },
  };
};

function startMain({ dataFolder, home, args = [], built }: ShellOptions, more: NodeJS.ProcessEnv): ChildProcess {
  const { SSH_AUTH_SOCK: _notTheirs, ...environment } = process.env;
  return fork(join(built ?? builtHere, 'main', 'electron.js'), args, {
    env: { ...environment, HOME: home, RACKSIDE_DATA: dataFolder, ...more },
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', join(import.meta.dirname, 'register.ts')],
    serialization: 'advanced',
  });
}

/** What the window is told to show, in order; it waits until there is a page to show it. */
function queueLoads(main: ChildProcess): { into(page: Page): Promise<void> } {
  const waiting: string[] = [];
  let show = async (url: string): Promise<void> => void waiting.push(url);
  main.on('message', (message: FromStandIn) => {
    if (message.type === 'load') void show(message.url);
  });
  return {
    into: async (page) => {
      show = async (url) => {
        // The page may be gone before it is there, as a window's is when it closes.
        await page.goto(url.replace(appOrigin, pageOrigin)).catch(() => {});
        if (main.connected) tell(main, { type: 'loaded' });
      };
      for (const url of waiting.splice(0)) await show(url);
    },
  };
}

function tell(main: ChildProcess, message: ToStandIn): void {
  main.send(message);
}

/** Files by the real protocol handler, messages by the real preload, and nothing else. */
async function connect(page: Page, main: ChildProcess, preload: string): Promise<void> {
  const waiting = new Map<number, (response: Extract<FromStandIn, { type: 'response' }>) => void>();
  let lastId = 0;
  main.on('message', (message: FromStandIn) => {
    if (message.type === 'response') waiting.get(message.id)?.(message);
    if (message.type === 'message') deliver(page, message.channel, message.message);
  });
  await page.route('**/*', async (route, request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin !== pageOrigin) return route.abort();
    lastId += 1;
    const id = lastId;
    const response = await new Promise<Extract<FromStandIn, { type: 'response' }>>((resolve) => {
      waiting.set(id, resolve);
      tell(main, { type: 'fetch', id, url: `${appOrigin}${pathname}`, method: request.method() });
    });
    waiting.delete(id);
    const { status, headers, body } = response;
    return route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  });
  page.on('request', (request) => {
    const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (leaves && main.connected) tell(main, { type: 'leaving' });
  });
  await page.exposeFunction(names.toMain, (channel: string, sent: { text?: string | null; base64?: string }) => {
    const message = sent.base64 === undefined ? (sent.text ?? null) : Buffer.from(sent.base64, 'base64');
    if (main.connected) tell(main, { type: 'message', channel, message });
  });
  await page.addInitScript({ content: preloadHost(preload, names) });
}

/** Not awaited: the order in which these are sent is the order in which they arrive. */
function deliver(page: Page, channel: string, message: unknown): void {
  const sent = message instanceof Uint8Array ? { base64: Buffer.from(message).toString('base64') } : { text: message };
  page
    .evaluate(
      ([name, to, what]) => (window as unknown as Record<string, (a: string, b: unknown) => void>)[name]?.(to, what),
      [names.fromMain, channel, sent] as const,
    )
    .catch(() => {
      // The page is gone, as a window's is when it closes.
    });
}
