import { parseArgs } from 'node:util';
import { type ImportFormat, importFormats } from '../../contract/import-formats.ts';
import { kinds } from '../../contract/kinds.ts';
import { oneOf, parseMinutes, parsePort, parseSeconds } from './argument-values.ts';
import { type DumpArguments, dumpOptions, parseDumpArguments } from './dump-arguments.ts';
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
  health: { all: { type: 'boolean' } },
  'known-hosts': { file: { type: 'string', short: 'f', multiple: true } },
  pull: { resume: { type: 'boolean' } },
  parse: {
    collector: { type: 'string' },
    os: { type: 'string' },
    record: { type: 'string', multiple: true },
    previous: { type: 'string', multiple: true },
    elapsed: { type: 'string' },
  },
  dump: dumpOptions,
} as const;

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
  ...ownOptions.parse,
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
  /** Of `parse`: outputs that were kept, each `CMD=FILE`, and the host seconds since those of the round before. */
  readonly parsing: {
    readonly collector: string | null;
    readonly os: string;
    readonly records: readonly string[];
    readonly previous: readonly string[];
    readonly elapsedSeconds: number | null;
  };
  /** Of `dump record`; a directory of null is a new one of Rackside's. */
  readonly recording: { readonly minutes: number; readonly directory: string | null };
  readonly help: boolean;
  readonly version: boolean;
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
    dump: parseDumpArguments(values),
    parsing: {
      collector: values.collector ?? null,
      os: values.os ?? 'linux',
      records: values.record ?? [],
      previous: values.previous ?? [],
      elapsedSeconds: values.elapsed === undefined ? null : parseSeconds(values.elapsed),
    },
    recording: { minutes: parseMinutes(values.minutes ?? '10'), directory: values.directory ?? null },
    help: values.help === true,
    version: values.version === true,
  };
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
