import { BadLine, quoted } from './bad-line.ts';
import { hashOf } from './connection-tokens.ts';
import { expandTokens } from './expand.ts';
import type { Options } from './options.ts';
import { matchesHost, matchesList } from './pattern.ts';
import { cutWord, lower } from './words.ts';
import type { ConfigWorld } from './world.ts';

/** What a `Match` line is held against. */
export interface Circumstances {
  readonly options: Options;
  readonly world: ConfigWorld;
  /** What `Host` patterns are held against: as it was given, or as it was found to be for the second pass. */
  readonly host: string;
  readonly original: string;
  readonly isFinal: boolean;
}

export interface Matched {
  readonly applies: boolean;
  readonly wantsFinalPass: boolean;
  /** Commands that would have decided, and were not run. */
  readonly unrun: readonly string[];
}

/** Without leave to run it, a command counts as one that ended badly. */
export async function matchLine(rest: string, circumstances: Circumstances): Promise<Matched> {
  const { world } = circumstances;
  const host = hostSoFar(circumstances);
  const unrun: string[] = [];
  let [applies, appliesButForExecs, wantsFinalPass, criteria] = [true, true, false, 0];
  const met = (isMet: boolean, negated: boolean): void => {
    applies &&= isMet !== negated;
    appliesButForExecs &&= isMet !== negated;
  };
  let cut = cutWord(rest);
  while (cut !== null && cut.word !== '' && !cut.word.startsWith('#')) {
    const negated = cut.word.startsWith('!');
    const name = lower(negated ? cut.word.slice(1) : cut.word);
    if (name === 'all') {
      const next = cutWord(cut.rest)?.word ?? '';
      if (criteria > 1 || (next !== '' && !next.startsWith('#'))) throw new BadLine('“all” must stand alone in Match');
      met(true, negated);
      return { applies, wantsFinalPass, unrun: appliesButForExecs ? unrun : [] };
    }
    criteria += 1;
    if (name === 'canonical' || name === 'final') {
      wantsFinalPass ||= name === 'final';
      met(circumstances.isFinal, negated);
      cut = cutWord(cut.rest);
      continue;
    }
    const { word: wanted, rest: behind } = cutWord(cut.rest) ?? { word: '', rest: null };
    cut = cutWord(behind);
    if (wanted === '' || wanted.startsWith('#')) throw new BadLine(`Match ${quoted(name)} says nothing to match`);
    if (name === 'exec') {
      const command = expandTokens(wanted, execTokens(host, circumstances));
      if (!applies && !appliesButForExecs) continue;
      const ended = world.runExec === null || !applies ? null : await world.runExec(command);
      if (ended === null && appliesButForExecs) unrun.push(command);
      if (ended !== null) met(ended, negated);
      else applies &&= negated;
    } else met(isMetBy(name, wanted, host, circumstances), negated);
  }
  if (criteria === 0) throw new BadLine('Match needs a criterion');
  return { applies, wantsFinalPass, unrun: appliesButForExecs ? unrun : [] };
}

function isMetBy(name: string, wanted: string, host: string, { options, original, world }: Circumstances): boolean {
  if (name === 'host') return matchesHost(host, wanted);
  if (name === 'originalhost') return matchesHost(original, wanted);
  if (name === 'user') return matchesList(options.values.get('user') ?? world.user.name, wanted) === 'yes';
  if (name === 'localuser') return matchesList(world.user.name, wanted) === 'yes';
  throw new BadLine(`OpenSSH 9.2 has no Match criterion ${quoted(name)}`);
}

function hostSoFar({ options, host, isFinal }: Circumstances): string {
  const named = options.values.get('hostname');
  if (named === undefined) return host;
  return isFinal ? named : expandTokens(named, { h: host });
}

function execTokens(host: string, { options, original, world }: Circumstances): Record<string, string> {
  const port = options.values.get('port') ?? '22';
  const user = options.values.get('user') ?? world.user.name;
  return {
    C: hashOf(world, { host, port, user }),
    L: world.machine.split('.', 1)[0] ?? '',
    d: world.user.home,
    h: host,
    k: options.values.get('hostkeyalias') ?? host,
    l: world.machine,
    n: original,
    p: port,
    r: user,
    u: world.user.name,
    i: String(world.user.id),
  };
}
