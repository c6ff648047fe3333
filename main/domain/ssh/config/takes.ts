import { type AlgorithmFamily, isValidList } from './algorithms.ts';
import { BadLine, quoted } from './bad-line.ts';
import { secondsOf, wholeNumber } from './numbers.ts';
import { listOf, type Options, setFirst } from './options.ts';
import { lower } from './words.ts';
import type { ConfigWorld } from './world.ts';

/** A line under a keyword. What a keyword takes is shifted off `words`; ssh refuses what is left over. */
export interface Line {
  readonly keyword: string;
  readonly words: string[];
  /** Everything behind the keyword, as it stands. */
  readonly rest: string;
  /** False: it belongs to a section that does not apply; what is wrong with it is wrong all the same. */
  readonly active: boolean;
  readonly options: Options;
  readonly world: ConfigWorld;
}

/** Reads a line into its options, or throws `BadLine`. */
export type Take = (line: Line) => void;

export function firstWord({ words }: Line): string {
  const word = words.shift();
  if (word === undefined || word === '') throw new BadLine('its argument is missing');
  return word;
}

function keep(line: Line, key: string, value: string): void {
  if (line.active) setFirst(line.options, key, value);
}

export function takeText(key: string): Take {
  return (line) => keep(line, key, firstWord(line));
}

/** One of the words, in any case; each stands for what `ssh -G` prints. */
export function takeOneOf(key: string, states: Readonly<Record<string, string>>): Take {
  return (line) => {
    const word = firstWord(line);
    const known = Object.hasOwn(states, lower(word)) ? states[lower(word)] : undefined;
    if (known === undefined) {
      throw new BadLine(`${quoted(word)} is not one of ${Object.keys(states).join(', ')}`);
    }
    keep(line, key, known);
  };
}

export function takeNumber(key: string): Take {
  return (line) => keep(line, key, String(wholeNumber(line.words.shift())));
}

/** `none` says nothing, so that a later line may. */
export function takeSeconds(key: string): Take {
  return (line) => {
    const word = firstWord(line);
    const seconds = secondsOf(word);
    if (seconds === null && word !== 'none') throw new BadLine(`${quoted(word)} is no time: write 90, 1m30s or 2h`);
    if (seconds !== null) keep(line, key, String(seconds));
  };
}

export function takeAlgorithms(key: string, family: AlgorithmFamily): Take {
  return (line) => {
    const word = firstWord(line);
    if (!isValidList(word, family)) throw new BadLine(`${quoted(word)} names an algorithm that OpenSSH does not know`);
    keep(line, key, word);
  };
}

/** A command line is taken as it stands, with its quotes and with what looks like a comment. */
export function takeCommand(key: string): Take {
  return (line) => {
    line.words.length = 0;
    keep(line, key, commandOf(line));
  };
}

export function commandOf({ rest }: Line): string {
  return rest.replace(/^[ \t\r\n=]+/, '');
}

/** Several in one line; a later line adds none. `none` stands alone. */
export function takeFirstList(key: string, most: number, check: (word: string) => string = (word) => word): Take {
  return (line) => {
    const all = listOf(line.options, key);
    const isFirst = all.length === 0;
    const words = line.words.splice(0);
    if (words.includes('')) throw new BadLine('one of its arguments is empty');
    if (words.length > 1 && words.some((word) => lower(word) === 'none')) throw new BadLine('“none” must stand alone');
    const checked = words.map(check);
    if (!line.active || !isFirst) return;
    if (checked.length > most) throw new BadLine(`it names more than ${most}`);
    all.push(...checked);
  };
}

/** One in each line; each line adds one, unless it is there already. */
export function takeEach(key: string, most: number): Take {
  return (line) => {
    const word = firstWord(line);
    if (!line.active) return;
    const all = listOf(line.options, key);
    if (all.length >= most) throw new BadLine(`there are more than ${most}`);
    if (!all.includes(word)) all.push(word);
  };
}

/** Taken and forgotten: OpenSSH has it no longer, or cannot do it. */
export const takeNothing: Take = ({ words }) => {
  words.length = 0;
};
