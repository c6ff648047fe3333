import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { launchBrowser, listen } from './browser.ts';
import type { ShellOptions, StartShell } from './shell.ts';

const startMs = 30_000;

/** The built web shell, in a headless Chromium that has no history. */
export const startWebShell: StartShell = async (options) => {
  const server = startServer(options);
  const url = await openingUrl(server);
  const browser = await launchBrowser();
  const context = await browser.newContext({
    colorScheme: options.theme ?? 'dark',
    viewport: options.viewport ?? { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(url);
  return {
    page,
    context,
    complaints,
    startAgain: null,
    close: async () => {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    },
  };
};

function startServer({ dataFolder, home }: ShellOptions): ChildProcess {
  const entry = join(import.meta.dirname, '..', '..', 'out', 'main', 'web.js');
  const { SSH_AUTH_SOCK: _notTheirs, ...environment } = process.env;
  return spawn(process.execPath, [entry, '--data-folder', dataFolder], {
    env: { ...environment, HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The URL that the server prints once it serves. */
async function openingUrl(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('the web shell has no output');
  const timer = setTimeout(() => server.kill('SIGKILL'), startMs);
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const url = /^Rackside: (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error(`The web shell ended, or printed no URL within ${startMs} ms.`);
  } finally {
    clearTimeout(timer);
    server.stdout.resume();
  }
}
