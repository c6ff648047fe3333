import type { EntryFilter } from '../../contract/dump-entries.ts';
import type { Redaction } from '../../contract/dump-sharing.ts';
import { entryMarks } from '../../contract/entry-marks.ts';
import { kinds } from '../../contract/kinds.ts';
import { oneOf, parseInstant, parseNumber } from './argument-values.ts';
import { UsageError } from './usage.ts';

/** Options of `dump`, whatever is done with it. */
export const dumpOptions = {
  regex: { type: 'boolean' },
  'ignore-case': { type: 'boolean', short: 'i' },
  count: { type: 'boolean', short: 'c' },
  head: { type: 'boolean' },
  limit: { type: 'string', short: 'n' },
  from: { type: 'string' },
  until: { type: 'string' },
  command: { type: 'string' },
  mark: { type: 'string', multiple: true },
  exit: { type: 'string' },
  'min-ms': { type: 'string' },
  'min-size': { type: 'string' },
  'max-size': { type: 'string' },
  round: { type: 'string' },
  noted: { type: 'boolean' },
  minutes: { type: 'string' },
  directory: { type: 'string' },
  at: { type: 'string' },
  to: { type: 'string' },
  redact: { type: 'boolean' },
  word: { type: 'string', multiple: true },
  preview: { type: 'boolean' },
  resume: { type: 'boolean' },
} as const;

/** Of `dump`: which entries, and how they are told. */
export interface DumpArguments {
  readonly filter: EntryFilter;
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly count: boolean;
  readonly head: boolean;
  /** Null: all of them. */
  readonly limit: number | null;
  /** Of `report`: which moment; null: the last one. */
  readonly at: number | null;
  /** Where what leaves the dump is written. */
  readonly to: string | null;
  readonly redaction: Redaction;
  readonly preview: boolean;
}

type Options = typeof dumpOptions;
type ValueOf<Option> = Option extends { type: 'boolean' }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string;
type Values = { readonly [Name in keyof Options]?: ValueOf<Options[Name]> | undefined };

export function parseDumpArguments(values: Values): DumpArguments {
  const number = (text: string | undefined, what: string) => (text === undefined ? undefined : parseNumber(text, what));
  const filter = {
    from: values.from === undefined ? undefined : parseInstant(values.from),
    to: values.until === undefined ? undefined : parseInstant(values.until),
    command: values.command,
    marks: values.mark?.map((mark) => oneOf(mark.replaceAll('-', '_'), entryMarks, 'mark')),
    exit: number(values.exit, 'exit code'),
    minDurationMs: number(values['min-ms'], 'number of milliseconds'),
    minSize: number(values['min-size'], 'number of bytes'),
    maxSize: number(values['max-size'], 'number of bytes'),
    kind: values.round === undefined ? undefined : oneOf(values.round, kinds, 'kind of round'),
    noted: values.noted,
  };
  const words = values.word ?? [];
  const short = words.find((word) => word.length < 2);
  if (short !== undefined) throw new UsageError(`"${short}" is too short a word: it would be everywhere.`);
  return {
    filter: Object.fromEntries(Object.entries(filter).filter(([, part]) => part !== undefined)),
    regex: values.regex === true,
    matchCase: values['ignore-case'] !== true,
    count: values.count === true,
    head: values.head === true,
    limit: number(values.limit, 'number') ?? null,
    at: values.at === undefined ? null : parseInstant(values.at),
    to: values.to ?? null,
    redaction: { redact: values.redact === true || words.length > 0, words, names: [] },
    preview: values.preview === true,
  };
}
