import { parseArgs } from 'node:util';
import { kinds } from '../../contract/samples.ts';
import { UsageError } from './usage.ts';

const options = {
  json: { type: 'boolean' },
  kind: { type: 'string' },
  identity: { type: 'string', multiple: true },
  'data-folder': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export interface Arguments {
  readonly command: string | null;
  /** What stands after the command's name. */
  readonly operands: readonly string[];
  readonly json: boolean;
  readonly kind: (typeof kinds)[number];
  readonly identityFiles: readonly string[];
  readonly dataFolder: string | null;
  readonly help: boolean;
  readonly version: boolean;
}

/** Throws a `UsageError` for what it does not know. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parse(argv);
  const wanted = values.kind ?? 'fast';
  const kind = kinds.find((known) => known === wanted);
  if (kind === undefined) throw new UsageError(`There is no kind "${wanted}"; kinds are ${kinds.join(', ')}.`);
  const [command = null, ...operands] = positionals;
  return {
    command,
    operands,
    json: values.json === true,
    kind,
    identityFiles: values.identity ?? [],
    dataFolder: values['data-folder'] ?? null,
    help: values.help === true,
    version: values.version === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The one operand that a command takes. */
export function onlyOperand(operands: readonly string[], what: string): string {
  const [operand, ...rest] = operands;
  if (operand === undefined) throw new UsageError(`Which ${what}?`);
  if (rest.length > 0) throw new UsageError(`One ${what} at a time: ${rest.join(' ')} is too much.`);
  return operand;
}
