import type { Resolved } from './resolve.ts';
import { type ConfigQuery, resolveConfig } from './resolve.ts';
import type { ConfigWorld } from './world.ts';

/** A machine whose only files are those that a test gives it; the configuration is `config`. */
export function fakeWorld(files: Readonly<Record<string, string>>, more: Partial<ConfigWorld> = {}): ConfigWorld {
  return {
    read: async (path) => files[path] ?? null,
    glob: async (pattern) => Object.keys(files).filter((path) => path === pattern),
    environment: new Map(),
    homeOf: () => null,
    resolve: async () => null,
    runExec: null,
    sha1: (text) => `sha1(${text})`,
    services: new Map([['ssh', 22]]),
    user: { name: 'me', id: 1000, home: '/home/me' },
    machine: 'laptop.example',
    ...more,
  };
}

export const configFiles: ConfigQuery['files'] = [
  { path: '/config', owner: 'user', trusted: 'as it is', mustExist: true },
];

export function resolved(
  config: string,
  host: string,
  world: ConfigWorld,
  more: Partial<ConfigQuery> = {},
): Promise<Resolved> {
  const wanted = { host, user: null, port: null, identityFiles: [], jump: null, agent: true };
  const read: ConfigWorld['read'] = async (path, trusted) => (path === '/config' ? config : world.read(path, trusted));
  return resolveConfig({ ...wanted, files: configFiles, ...more }, { ...world, read });
}
