import { quoted, refused } from './bad-line.ts';
import { canonicalName } from './canonicalize.ts';
import { expandTokens } from './expand.ts';
import { finish, ownIdentityFiles } from './finish.ts';
import { jumpOf } from './jump.ts';
import { listOf, noOptions, type Options, setFirst } from './options.ts';
import { type ConfigFile, type Pass, type PassFindings, passBudget, readConfig } from './read-config.ts';
import type { ConfigWorld } from './world.ts';

/** A host, what a command line would say of it, and the files that say the rest. */
export interface ConfigQuery {
  readonly host: string;
  readonly user: string | null;
  readonly port: number | null;
  /** As `-i`. */
  readonly identityFiles: readonly string[];
  /** As `-J`; an empty list: through none. Null: as the files say. */
  readonly jump: readonly string[] | null;
  /** False: no agent, whatever the files say. */
  readonly agent: boolean;
  /** In the order in which ssh reads them. One that `mustExist` is refused where it does not. */
  readonly files: readonly (ConfigFile & { readonly mustExist: boolean })[];
}

/** The whole answer: `printed` writes it as `ssh -G` does, `settingsOf` gives it types. */
export interface Resolved {
  /** The host as it was given. */
  readonly alias: string;
  readonly options: Options;
  /** Those of the files, or those that ssh tries by itself; neither `~` nor tokens are expanded yet. */
  readonly identityFiles: readonly string[];
  readonly identityFilesNamed: boolean;
  readonly unrunExecs: readonly string[];
  /** Keys of values that are not left to ssh. */
  readonly said: ReadonlySet<string>;
}

/**
 * What OpenSSH 9.2 would do to reach a host. Throws `bad_input` at `ssh config` for what ssh would refuse, with file
 * and line where there are such.
 */
export async function resolveConfig(query: ConfigQuery, world: ConfigWorld): Promise<Resolved> {
  checkGiven(query);
  const options = asGiven(query, world);
  const found: PassFindings = { wantsFinalPass: false, unrunExecs: new Set(), budget: passBudget };
  const original = query.host;
  await readAll(query, { options, world, host: original, original, isFinal: false, found });
  // ssh settles these before the second pass, which can say nothing of them any more.
  setFirst(options, 'canonicalizehostname', 'false');
  setFirst(options, 'canonicalizemaxdots', '1');
  setFirst(options, 'canonicalizefallbacklocal', 'yes');
  const named = options.values.get('hostname');
  const host = await canonicalName(
    named === undefined ? original : expandTokens(named, { h: original }),
    options,
    world,
  );
  options.values.set('hostname', host);
  if (found.wantsFinalPass || options.values.get('canonicalizehostname') !== 'false') {
    await readAll(query, { options, world, host, original, isFinal: true, found });
  }
  const said = new Set(options.values.keys());
  finish(options, original, host, world);
  const identityFiles = listOf(options, 'identityfile');
  return {
    alias: original,
    options,
    identityFiles: identityFiles.length > 0 ? identityFiles : ownIdentityFiles,
    identityFilesNamed: identityFiles.length > 0,
    unrunExecs: [...found.unrunExecs],
    said,
  };
}

async function readAll(query: ConfigQuery, pass: Pass): Promise<void> {
  for (const file of query.files) {
    const exists = await readConfig(file, pass);
    if (!exists && file.mustExist) throw refused(`${file.path} cannot be opened: there is no such file.`);
  }
}

function asGiven({ user, port, identityFiles, jump, agent }: ConfigQuery, world: ConfigWorld): Options {
  const options = noOptions();
  if (user !== null) options.values.set('user', user);
  if (port !== null) options.values.set('port', String(port));
  if (!agent) options.values.set('identityagent', 'none');
  if (identityFiles.length > 0) options.lists.set('identityfile', [...new Set(identityFiles)]);
  if (jump !== null) {
    options.jump = jump.length === 0 ? 'none' : jumpOf(jump.join(','), world.services);
    if (options.jump === null) throw refused(`${quoted(jump.join(','))} is no chain of hosts to go through.`);
    if (options.jump !== 'none') options.proxyCommand = 'none';
  }
  return options;
}

/** Names that a shell could misread are refused where a person or a program gives them, as ssh refuses them. */
function checkGiven({ host, user }: ConfigQuery): void {
  if (host === '' || /^-|['`"$\\;&<>|(){}\s\p{Cc}]/u.test(host)) {
    throw refused(`${quoted(host)} is no name of a host: it has characters that ssh refuses.`);
  }
  if (user !== null && /^-|['`";&<>|(){}]|\s-|\\$/.test(user)) {
    throw refused(`${quoted(user)} is no name of a user: it has characters that ssh refuses.`);
  }
}
