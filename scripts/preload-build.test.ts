import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { loadConfigFromFile } from 'electron-vite';
import { build } from 'vite';
import { expect, test } from 'vitest';

interface Bridge {
  send(message: string): void;
  onMessage(listener: (...values: unknown[]) => void): () => void;
}

const root = join(import.meta.dirname, '..');

test('the built preload is one CommonJS file that needs Electron only, and gives the page two functions', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-preload-'));
  try {
    const loaded = await loadConfigFromFile(
      { command: 'build', mode: 'production' },
      join(root, 'electron.vite.config.ts'),
    );
    const options = loaded.config.preload?.build?.rollupOptions;
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { ...options, external: ['electron'] },
      },
    });
    expect(readdirSync(folder)).toEqual(['index.cjs']);

    const required: string[] = [];
    const calls: unknown[] = [];
    let exposed: [string, Bridge] | null = null;
    const fake = {
      contextBridge: { exposeInMainWorld: (...values: never[]) => (exposed = values as never) },
      ipcRenderer: {
        send: (...values: unknown[]) => calls.push(['send', ...values]),
        on: (channel: string, listener: (...values: unknown[]) => void) => {
          calls.push(['on', channel]);
          listener({ sender: 'a powerful thing' }, 'message');
        },
        off: (channel: string) => calls.push(['off', channel]),
      },
    };
    runInNewContext(readFileSync(join(folder, 'index.cjs'), 'utf8'), {
      exports: {},
      module: { exports: {} },
      require: (name: string) => {
        required.push(name);
        return fake;
      },
    });
    const [name, bridge] = exposed as unknown as [string, Bridge];
    bridge.send('hello');
    const heard: unknown[] = [];
    const stop = bridge.onMessage((...values) => heard.push(values));
    stop();
    expect({ required, name, functions: Object.keys(bridge), calls, heard }).toEqual({
      required: ['electron'],
      name: 'rackside',
      functions: ['send', 'onMessage'],
      calls: [
        ['send', 'rackside', 'hello'],
        ['on', 'rackside'],
        ['off', 'rackside'],
      ],
      heard: [['message']],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
