import { parseArgs } from 'node:util';
import { type EntryFilter, entryMarks, type Redaction } from '../../contract/dumps.ts';
import { type ImportFormat, importFormats } from '../../contract/host-import.ts';
import { kinds } from '../../contract/samples.ts';
import { UsageError } from './usage.ts';

const options = {
  json: { type: 'boolean' },
  explain: { type: 'boolean' },
  kind: { type: 'string' },
  timeout: { type: 'string' },
  identity: { type: 'string', multiple: true },
  'data-folder': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Options of one command, by its name. */
const ownOptions = {
  'ssh-config': {
    config: { type: 'string', short: 'F' },
    port: { type: 'string', short: 'p' },
    login: { type: 'string', short: 'l' },
    'match-exec': { type: 'boolean' },
  },
  run: {
    hosts: { type: 'string', multiple: true },
    group: { type: 'string', multiple: true },
    tag: { type: 'string', multiple: true },
    all: { type: 'boolean' },
    sudo: { type: 'boolean' },
  },
  hosts: {
    format: { type: 'string' },
    'on-duplicate': { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  'known-hosts': { file: { type: 'string', short: 'f', multiple: true } },
  pull: { resume: { type: 'boolean' } },
  dump: {
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
  },
} as const;

/** A week. */
const maxMinutes = 10_080;

export const duplicateChoices = ['skip', 'update', 'add'] as const;

type Own = keyof typeof ownOptions;
const isOwn = (word: string): word is Own => Object.hasOwn(ownOptions, word);
const allOptions = {
  ...options,
  ...ownOptions['ssh-config'],
  ...ownOptions.run,
  ...ownOptions.hosts,
  ...ownOptions['known-hosts'],
  ...ownOptions.pull,
  ...ownOptions.dump,
} as const;

export interface Arguments {
  readonly command: string | null;
  /** What stands after the command's name. */
  readonly operands: readonly string[];
  readonly json: boolean;
  readonly explain: boolean;
  readonly kind: (typeof kinds)[number];
  readonly identityFiles: readonly string[];
  /** Of `known-hosts`: files to look into instead of the usual ones. */
  readonly files: readonly string[];
  readonly timeoutSeconds: number;
  /** What names hosts for `run`: each adds to the others. */
  readonly selection: Selection;
  readonly sudo: boolean;
  /** Of `pull`: goes on with a part from before. */
  readonly resume: boolean;
  readonly dataFolder: string | null;
  /** Of `ssh-config`: the file instead of the usual ones, and what `ssh` takes by the same letters. */
  readonly sshConfig: {
    readonly file: string | null;
    readonly port: number | null;
    readonly user: string | null;
    readonly matchExec: boolean;
  };
  /** Of `hosts import`; a format of null is found out. */
  readonly hostImport: {
    readonly format: ImportFormat | null;
    readonly onDuplicate: (typeof duplicateChoices)[number];
    readonly dryRun: boolean;
  };
  readonly dump: DumpArguments;
  /** Of `dump record`; a directory of null is a new one of Rackside's. */
  readonly recording: { readonly minutes: number; readonly directory: string | null };
  readonly help: boolean;
  readonly version: boolean;
}

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

export interface Selection {
  readonly names: readonly string[];
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly all: boolean;
}

/** Throws a `UsageError` for what it does not know. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [command = null, ...operands] = positionals;
  return {
    command,
    operands,
    json: values.json === true,
    explain: values.explain === true,
    kind: oneOf(values.kind ?? 'fast', kinds, 'kind'),
    identityFiles: values.identity ?? [],
    files: values.file ?? [],
    timeoutSeconds: parseSeconds(values.timeout ?? '60'),
    selection: {
      names: (values.hosts ?? []).flatMap((list) => list.split(',').filter((name) => name !== '')),
      groups: values.group ?? [],
      tags: values.tag ?? [],
      all: values.all === true,
    },
    sudo: values.sudo === true,
    resume: values.resume === true,
    dataFolder: values['data-folder'] ?? null,
    sshConfig: {
      file: values.config ?? null,
      port: values.port === undefined ? null : parsePort(values.port),
      user: values.login ?? null,
      matchExec: values['match-exec'] === true,
    },
    hostImport: {
      format: values.format === undefined ? null : oneOf(values.format, importFormats, 'format'),
      onDuplicate: oneOf(values['on-duplicate'] ?? 'skip', duplicateChoices, 'choice for duplicates'),
      dryRun: values['dry-run'] === true,
    },
    dump: dumpArguments(values),
    recording: { minutes: parseMinutes(values.minutes ?? '10'), directory: values.directory ?? null },
    help: values.help === true,
    version: values.version === true,
  };
}

function oneOf<Known extends string>(word: string, known: readonly Known[], what: string): Known {
  const found = known.find((one) => one === word);
  if (found === undefined) throw new UsageError(`There is no ${what} "${word}"; there are ${known.join(', ')}.`);
  return found;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new UsageError(`"${text}" is no number of seconds.`);
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() !== '' && minutes > 0 && minutes <= maxMinutes) return minutes;
  throw new UsageError(`"${text}" is no number of minutes: they go up to ${maxMinutes}.`);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port <= 65_535) return port;
  throw new UsageError(`"${text}" is no port: they go from 1 to 65535.`);
}

function dumpArguments(values: ReturnType<typeof parse>['values']): DumpArguments {
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

function parseNumber(text: string, what: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no ${what}.`);
}

/** A time as dumps write it; without a zone it is in UTC, as theirs. */
function parseInstant(text: string): number {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (!Number.isNaN(at)) return at;
  throw new UsageError(`"${text}" is no time such as 2026-04-22T20:13:19Z.`);
}

function parse(argv: readonly string[]) {
  try {
    // The options of a command are unknown to the others.
    const command = argv.find(isOwn);
    const known = { ...options, ...(command === undefined ? {} : ownOptions[command]) } as typeof allOptions;
    return parseArgs({ args: [...argv], options: known, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const unknown = /'(-[^' ]+)/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown !== undefined)
      throw new UsageError(`There is no option ${unknown}.`);
    throw new UsageError(`${message.split('\n', 1)[0]?.replace(/\.?$/, '.')}`);
  }
}

/** For a command that takes none. */
export function noOperands(operands: readonly string[]): void {
  if (operands.length > 0) throw new UsageError(`${operands.join(' ')} is too much: this command takes no names.`);
}

/** The one operand that a command takes. */
export function onlyOperand(operands: readonly string[], what: string): string {
  const [operand, ...rest] = operands;
  if (operand === undefined) throw new UsageError(`Which ${what}?`);
  if (rest.length > 0) throw new UsageError(`One ${what} at a time: ${rest.join(' ')} is too much.`);
  return operand;
}
