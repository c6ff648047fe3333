import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import type { ConfigWorld } from '../../domain/ssh/config/world.ts';
import { globPaths } from './glob-paths.ts';
import { lookUpName } from './look-up-name.ts';
import { readConfigFile } from './read-config-file.ts';
import { runExec } from './run-exec.ts';

export interface WorldOptions {
  /** Where `~` leads. ssh asks the list of accounts, and does not follow `HOME`. */
  readonly home: string;
  /** Whether the technician has agreed that the commands of `Match exec` are run. */
  readonly mayRunExec: boolean;
}

/** This machine, as a configuration may ask about it; looked at anew each time. */
export function createMachineWorld(options: WorldOptions): () => Promise<ConfigWorld> {
  let portsByName: Promise<Map<string, number>> | null = null;
  return async () => {
    // Read once: the list comes with the system, and its hundreds of lines take half a millisecond.
    portsByName ??= readServices();
    return worldOf(options, ...(await Promise.all([portsByName, readHomes()])));
  };
}

function worldOf(
  { home, mayRunExec }: WorldOptions,
  services: ReadonlyMap<string, number>,
  homes: ReadonlyMap<string, string>,
): ConfigWorld {
  const { username, uid } = userInfo();
  const environment = new Map(Object.entries(process.env).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  return {
    read: readConfigFile,
    glob: (pattern) => globPaths(pattern.replace(/^~(?=\/|$)/, () => environment.get('HOME') || home)),
    environment,
    homeOf: (user) => homes.get(user) ?? null,
    resolve: lookUpName,
    runExec: mayRunExec ? runExec : null,
    sha1: (text) => createHash('sha1').update(text).digest('hex'),
    services,
    user: { name: username, id: uid, home },
    machine: hostname(),
  };
}

/** https://man7.org/linux/man-pages/man5/services.5.html */
async function readServices(): Promise<Map<string, number>> {
  const services = new Map<string, number>();
  for (const line of await linesOf('/etc/services')) {
    const [name, port, ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    const [number, protocol] = port?.split('/') ?? [];
    if (name === undefined || protocol !== 'tcp') continue;
    for (const one of [name, ...aliases]) if (!services.has(one)) services.set(one, Number(number));
  }
  return services;
}

/** https://man7.org/linux/man-pages/man5/passwd.5.html */
async function readHomes(): Promise<Map<string, string>> {
  const lines = await linesOf('/etc/passwd');
  return new Map(
    lines.flatMap((line) => {
      const [name, , , , , home] = line.split(':');
      return name === undefined || home === undefined ? [] : [[name, home] as const];
    }),
  );
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n');
}
