import type { EntryFilter } from '../../../main/contract/dump-entries.ts';
import type { Redaction, SliceRequest } from '../../../main/contract/dump-sharing.ts';
import type { Fault } from '../../../main/contract/faults.ts';
import { isFiltering } from '../dump/filter-chips.ts';
import { isWholePath, type PartEnding, partName, placeOf, reportName } from './share-names.ts';
import type { ShareSubject } from './share-subject.ts';

export type What = 'all' | 'filter' | 'span';

/** What somebody chose of a dump, as it is typed. */
export interface ShareChoices {
  readonly what: What;
  readonly redacts: boolean;
  /** One in each line. */
  readonly words: string;
  readonly ending: PartEnding;
  /** Null: a new name beside the dump. */
  readonly path: string | null;
}

/** What is wrong, in sentences, by the field that it concerns. */
export interface ShareProblems {
  readonly words?: string;
  readonly path?: string;
}

export function firstChoices({ filter }: ShareSubject): ShareChoices {
  return { what: isFiltering(filter) ? 'filter' : 'all', redacts: true, words: '', ending: '.zip', path: null };
}

/** What can be chosen of it; a time that is all that the filter says is the filter. */
export function whatOffered({ filter, span }: ShareSubject): What[] {
  const { from, to, ...rest } = filter;
  const isFilter = (from !== undefined || to !== undefined) && !isFiltering(rest);
  return [
    'all',
    ...(isFiltering(filter) ? (['filter'] as const) : []),
    ...(span === null || isFilter ? [] : (['span'] as const)),
  ];
}

export function filterOf({ filter, span }: ShareSubject, what: What): EntryFilter {
  if (what === 'all') return {};
  return what === 'span' && span !== null ? { from: Math.floor(span.from), to: Math.ceil(span.to) } : filter;
}

const [leastLetters, mostLetters, mostWords] = [2, 200, 1000];

/** Lines that say something, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((word) => word !== '');
}

export function wordsProblem(text: string): string | null {
  const words = wordsOf(text);
  const short = words.find((word) => word.length < leastLetters);
  if (short !== undefined) return `“${short}” is one letter: it would be replaced everywhere. Name a longer word.`;
  if (words.some((word) => word.length > mostLetters)) return `A word has at most ${mostLetters} letters.`;
  return words.length > mostWords ? `At most ${mostWords} words can be named.` : null;
}

/** Of a path that is typed; `ending` is what it must end in. */
export function pathProblem(path: string, ending = ''): string | null {
  if (path.trim() === '') return 'Say where it is to be written.';
  if (!isWholePath(path.trim())) return 'Say the whole path, as in /home/me/part.zip.';
  return path.trim().toLowerCase().endsWith(ending) ? null : `The name has to end in ${ending}.`;
}

export function redactionOf({ redacts, words }: Pick<ShareChoices, 'redacts' | 'words'>): Redaction {
  return { redact: redacts, words: redacts ? wordsOf(words) : [], names: [] };
}

/** Where it goes: what is typed, or a new name beside the dump; `folder` where the dump lies on another machine. */
export function partPath(subject: ShareSubject, choices: ShareChoices, folder: string, now: number): string {
  const { path, redacts, ending } = choices;
  const place = placeOf(subject.path);
  return path ?? (place?.folder ?? folder) + partName(place?.name ?? 'dump', redacts, ending, now);
}

/** The same for the report of a moment. */
export function reportPath(
  subject: ShareSubject,
  { redacts }: Pick<ShareChoices, 'redacts'>,
  folder: string,
  at: number,
): string {
  const place = placeOf(subject.path);
  return (place?.folder ?? folder) + reportName(place?.name ?? 'dump', redacts, at);
}

/** What keeps it from being asked for; empty where nothing does. */
export function problemsOf({ words, redacts }: ShareChoices, path: string, ending = ''): ShareProblems {
  const wrongWords = redacts ? wordsProblem(words) : null;
  const wrongPath = pathProblem(path, ending);
  return {
    ...(wrongWords === null ? {} : { words: wrongWords }),
    ...(wrongPath === null ? {} : { path: wrongPath }),
  };
}

export function sliceRequest(subject: ShareSubject, choices: ShareChoices, to: string): SliceRequest {
  const { hostId } = subject;
  return { hostId, filter: filterOf(subject, choices.what), redaction: redactionOf(choices), to: to.trim() };
}

/** Whether a fault is about the place that was chosen: the name is taken, nothing can be written there, it is full. */
export function isOfPath({ code, message }: Fault, to: string): boolean {
  return code !== 'cancelled' && message.includes(to);
}
