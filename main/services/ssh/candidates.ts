import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import SSHConfig, { LineType } from 'ssh-config';
import type { SshTarget } from '../../contract/hosts.ts';
import { expandHome, readWithIncludes, whatBreaks } from './config-includes.ts';

export interface SshCandidate {
  readonly name: string;
  readonly target: SshTarget;
}

export interface SshCandidates {
  readonly candidates: readonly SshCandidate[];
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

/** A configuration may hold thousands of hosts, but not everything is a configuration. */
const maxCandidates = 2000;

/** The hosts that the technician's own ssh configuration names, read anew each time; a broken file is a problem. */
export async function candidates(sshDirectory: string): Promise<SshCandidates> {
  const file = join(sshDirectory, 'config');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof text !== 'string') {
    return { candidates: [], problems: text.code === 'ENOENT' ? [] : [`${file} cannot be read (${text.code}).`] };
  }
  const broken = whatBreaks(text, file);
  if (broken !== null) return { candidates: [], problems: [broken] };
  const whole = await readWithIncludes(text, sshDirectory);
  return fromConfig(SSHConfig.parse(whole.text), whole.problems);
}

function fromConfig(config: SSHConfig, problems: readonly string[]): SshCandidates {
  const found: SshCandidate[] = [];
  const behind: string[] = [];
  for (const name of [...new Set(config.flatMap(namesIn))].slice(0, maxCandidates)) {
    // `Match exec` would run a program, only to show a list.
    const settings = config.compute(name, { ignoreCase: true, matchExec: false });
    const jump = one(settings.proxyjump) ?? one(settings.proxycommand);
    if (jump !== undefined && jump.toLowerCase() !== 'none') behind.push(name);
    else found.push({ name, target: targetFrom(name, settings) });
  }
  const told =
    behind.length === 0 ? [] : [`Reached through another host, which is not possible yet: ${behind.join(', ')}.`];
  return { candidates: found, problems: [...problems, ...told] };
}

type Settings = Record<string, string | string[]>;

/** The names of a Host section that are hosts, and not patterns. */
function namesIn(line: SSHConfig[number]): string[] {
  if (line.type !== LineType.DIRECTIVE || line.param.toLowerCase() !== 'host') return [];
  const values = typeof line.value === 'string' ? line.value.split(/\s+/) : line.value.map((value) => value.val);
  return values.filter((value) => value !== '' && !/[*?!]/.test(value));
}

function targetFrom(name: string, settings: Settings): SshTarget {
  const local = userInfo().username;
  const address = (one(settings.hostname) ?? name).replaceAll('%h', name).replaceAll('%%', '%');
  const port = Number(one(settings.port) ?? 22);
  const user = one(settings.user) ?? local;
  const identityFiles = all(settings.identityfile)
    .filter((file) => file.toLowerCase() !== 'none')
    .map((file) => expandTokens(expandHome(file), { h: address, r: user, u: local, d: expandHome('~'), '%': '%' }));
  const agent =
    one(settings.identityagent)?.toLowerCase() !== 'none' && one(settings.identitiesonly)?.toLowerCase() !== 'yes';
  return {
    transport: 'ssh',
    address,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 22,
    user,
    identityFiles,
    agent,
  };
}

function expandTokens(text: string, tokens: Record<string, string>): string {
  return text.replace(/%(.)/g, (whole, token: string) => tokens[token] ?? whole);
}

function all(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function one(value: string | string[] | undefined): string | undefined {
  return all(value)[0];
}
