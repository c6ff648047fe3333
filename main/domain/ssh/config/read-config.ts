import { FaultError } from '../../../contract/faults.ts';
import { BadLine, quoted, refused } from './bad-line.ts';
import { takeOf } from './keywords.ts';
import { type Circumstances, matchLine } from './match-line.ts';
import { matchesList, matchesPattern } from './pattern.ts';
import { keywordLine, lower, splitArguments } from './words.ts';
import type { Trusted } from './world.ts';

/** One pass over the files, for one host. */
export interface Pass extends Circumstances {
  /** What it found out beside the options. */
  readonly found: PassFindings;
}

export interface PassFindings {
  wantsFinalPass: boolean;
  readonly unrunExecs: Set<string>;
  /** Characters that may still be looked at; the files may be endless, or include one another. */
  budget: number;
  /** Told each `Host` line, whether it applies or not. */
  readonly onHost?: (patterns: readonly string[]) => void;
}

export interface ConfigFile {
  readonly path: string;
  /** The user's own, or the system's: relative paths of `Include` begin in other places. */
  readonly owner: 'user' | 'system';
  readonly trusted: Trusted;
}

/** Far more than anybody's configuration, and read in less than a second. */
export const passBudget = 4 * 1024 * 1024;

/** OpenSSH's own limit. */
const maxDepth = 16;

/** Where matching takes time in proportion to the square. */
const longestLine = 64 * 1024;

interface Section {
  readonly depth: number;
  /** False inside an `Include` of a section that does not apply: the file is only checked. */
  readonly mayMatch: boolean;
  active: boolean;
}

/**
 * Reads a file with all that it includes into the options of the pass. Answers false when there is no such file.
 * Throws a fault with file and line for what ssh would refuse.
 */
export function readConfig(file: ConfigFile, pass: Pass): Promise<boolean> {
  return readFile(file, pass, { depth: 0, mayMatch: true, active: true });
}

async function readFile(file: ConfigFile, pass: Pass, section: Section): Promise<boolean> {
  if (section.depth > maxDepth)
    throw refused(`${file.path} is included by its own includes, more than 16 levels deep.`);
  const text = await pass.world.read(file.path, file.trusted);
  if (text === null) return false;
  spend(pass, text.length, file);
  const bad: { line: number; why: string }[] = [];
  for (const [index, content] of text.split('\n').entries()) {
    try {
      await readLine(content, file, pass, section);
    } catch (error) {
      if (!(error instanceof BadLine)) throw withPlace(error, file, index + 1);
      bad.push({ line: index + 1, why: error.message });
    }
  }
  const [first, ...others] = bad;
  if (first === undefined) return true;
  const places = others
    .slice(0, 5)
    .map(({ line }) => line)
    .join(', ');
  const also =
    others.length === 1
      ? ` Line ${places} is wrong as well.`
      : others.length > 1
        ? ` Lines ${places} are wrong as well.`
        : '';
  throw refused(`${file.path} line ${first.line}: ${first.why}.${also} ssh refuses this file until that is corrected.`);
}

async function readLine(content: string, file: ConfigFile, pass: Pass, section: Section): Promise<void> {
  const line = keywordLine(content);
  if (line === null) return;
  if (content.length > longestLine) throw new BadLine(`it is longer than ${longestLine} characters`);
  const { keyword, rest } = line;
  if (rest === '') throw new BadLine(`${quoted(keyword)} has no argument`);
  const words = splitArguments(rest);
  if (keyword === 'host' || keyword === 'match' || keyword === 'include') {
    if (words === null) throw new BadLine('a quote is not closed');
    if (keyword === 'host') beginHost(words, pass, section);
    else if (keyword === 'match') await beginMatch(rest, pass, section);
    else await include(words, file, pass, section);
    return;
  }
  const take = takeOf(keyword);
  if (take === null) {
    const ignored = pass.options.values.get('ignoreunknown');
    spend(pass, ignored?.length ?? 0, file);
    if (ignored === undefined || matchesList(keyword, lower(ignored)) !== 'yes') {
      throw new BadLine(`Bad configuration option: ${quoted(keyword)}`);
    }
  }
  if (words === null) throw new BadLine('a quote is not closed');
  if (take === null) return;
  take({ keyword, words, rest, active: section.active, options: pass.options, world: pass.world });
  if (words.length > 0) throw new BadLine(`${quoted(keyword)} has extra arguments: ${quoted(words.join(' '))}`);
}

function beginHost(patterns: readonly string[], { host, found }: Pass, section: Section): void {
  section.active = false;
  if (patterns.includes('')) throw new BadLine('one of its arguments is empty');
  found.onHost?.(patterns);
  if (!section.mayMatch) return;
  const refuses = patterns.some((one) => one.startsWith('!') && matchesPattern(host, one.slice(1)));
  section.active = !refuses && patterns.some((one) => !one.startsWith('!') && matchesPattern(host, one));
}

async function beginMatch(rest: string, pass: Pass, section: Section): Promise<void> {
  const world = section.mayMatch ? pass.world : { ...pass.world, runExec: null };
  const { applies, wantsFinalPass, unrun } = await matchLine(rest, { ...pass, world });
  pass.found.wantsFinalPass ||= wantsFinalPass;
  if (section.mayMatch) for (const command of unrun) pass.found.unrunExecs.add(command);
  section.active = section.mayMatch && applies;
}

async function include(patterns: readonly string[], file: ConfigFile, pass: Pass, section: Section): Promise<void> {
  for (const pattern of patterns) {
    if (pattern === '') throw new BadLine('one of its arguments is empty');
    if (pattern.startsWith('~') && file.owner === 'system') {
      throw new BadLine(`a system's file cannot include ${quoted(pattern)}`);
    }
    const place = file.owner === 'user' ? '~/.ssh' : '/etc/ssh';
    const isAnchored = pattern.startsWith('/') || pattern.startsWith('~');
    for (const path of await pass.world.glob(isAnchored ? pattern : `${place}/${pattern}`)) {
      spend(pass, path.length, file);
      const { active, depth } = section;
      const inner = { active, depth: depth + 1, mayMatch: section.mayMatch && active };
      await readFile({ ...file, path, trusted: 'when it is ours' }, pass, inner);
    }
  }
}

function spend({ found }: Pass, characters: number, file: ConfigFile): void {
  found.budget -= characters + 1;
  if (found.budget < 0) throw refused(`${file.path}: the configuration is too long with all that it includes.`);
}

/** A fault of an included file says where it is already; one of a value does not. */
function withPlace(error: unknown, { path }: ConfigFile, line: number): unknown {
  if (!(error instanceof FaultError) || error.fault.step !== 'ssh config' || / line \d+: /.test(error.message)) {
    return error;
  }
  return refused(`${path} line ${line}: ${error.message}`);
}
