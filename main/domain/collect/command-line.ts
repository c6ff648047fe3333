import type { Collector, Command } from './collector.ts';

/** A word as the shell reads it back: bare where nothing in it means anything to a shell, else in single quotes. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The line that a person can paste into a shell to get what the command prints.
 * @param argument what the host sent beside the command's id; only script commands have one, else it is empty
 */
export function commandLine(command: Command, argument: string): string {
  if (command.type === 'run') return command.line;
  if (command.type === 'script') return command.line(argument);
  if (command.type === 'files') return `cd ${command.directory} && grep -s '' ${command.patterns.join(' ')}`;
  const path = shellQuote(command.path);
  return command.keep === null ? `cat ${path}` : `grep -E ${shellQuote(command.keep)} ${path}`;
}

export interface FoundCommand {
  readonly collector: Collector;
  readonly command: Command;
  readonly argument: string;
}

export interface CommandIndex {
  /** The command behind a line out of a dump; null when it is none of these collectors'. */
  byLine(line: string): FoundCommand | null;
  byId(id: string): { readonly collector: Collector; readonly command: Command } | null;
  /** As `commandLine`, of a command of these collectors; `byLine` knows for a while what it was made of. */
  lineOf(command: Command, argument: string): string;
}

/** As many as come in one chunk. */
const maxMade = 128;

const indexes = new WeakMap<readonly Collector[], CommandIndex>();

/** The index of these collectors: one for all hosts that are asked by the same list. Throws like `createCommandIndex`. */
export function commandIndexOf(collectors: readonly Collector[]): CommandIndex {
  const index = indexes.get(collectors) ?? createCommandIndex(collectors);
  indexes.set(collectors, index);
  return index;
}

/** Finds commands by what a host or a dump says. Throws when two commands share an id or a line: that is a bug. */
export function createCommandIndex(collectors: readonly Collector[]): CommandIndex {
  const ids = new Map<string, { collector: Collector; command: Command }>();
  const lines = new Map<string, FoundCommand>();
  const fixedLines = new Map<Command, string>();
  const scripts: { collector: Collector; command: Command & { type: 'script' } }[] = [];
  /** Of files of which only some lines are kept; null where several commands read one. */
  const byPath = new Map<string, FoundCommand | null>();

  for (const collector of collectors) {
    for (const command of collector.commands) {
      if (ids.has(command.id)) throw new Error(`Two commands are called ${command.id}.`);
      ids.set(command.id, { collector, command });
      const line = commandLine(command, '');
      if (command.type === 'script') {
        scripts.push({ collector, command });
        // One that is the same whatever the host says.
        if (command.match(line) !== '') continue;
      }
      if (lines.has(line)) throw new Error(`Two commands are ${line}`);
      lines.set(line, { collector, command, argument: '' });
      fixedLines.set(command, line);
      if (command.type !== 'read' || command.keep === null) continue;
      byPath.set(command.path, byPath.has(command.path) ? null : { collector, command, argument: '' });
    }
  }

  function byScript(line: string): FoundCommand | null {
    for (const { collector, command } of scripts) {
      const argument = command.match(line);
      if (argument !== null) return { collector, command, argument };
    }
    return null;
  }

  /** Earlier versions kept other lines of a file. */
  function byOtherLines(line: string): FoundCommand | null {
    const path = /^grep -E '[^']*' (\/\S+)$/.exec(line)?.[1];
    return path === undefined ? null : (byPath.get(path) ?? null);
  }

  /** Lines with an argument, which are read again as soon as their records are there. */
  const made = new Map<string, FoundCommand>();

  function make(command: Command & { type: 'script' }, argument: string): string {
    const line = command.line(argument);
    const of = ids.get(command.id);
    const said = command.match(line);
    if (of === undefined || said === null) return line;
    if (made.size >= maxMade) made.clear();
    made.set(line, { ...of, argument: said });
    return line;
  }

  /** Whoever takes a record asks for its line, one after the other. */
  let last: { readonly line: string; readonly found: FoundCommand | null } = { line: '', found: null };

  return {
    byLine: (line) => {
      if (line !== last.line)
        last = { line, found: lines.get(line) ?? made.get(line) ?? byScript(line) ?? byOtherLines(line) };
      return last.found;
    },
    byId: (id) => ids.get(id) ?? null,
    lineOf: (command, argument) =>
      fixedLines.get(command) ?? (command.type === 'script' ? make(command, argument) : commandLine(command, argument)),
  };
}
