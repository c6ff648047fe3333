import type { Kind } from '../../contract/samples.ts';
import type { Collector } from '../collect/collector.ts';
import { commandIndexOf, commandLine } from '../collect/command-line.ts';
import { cutText } from '../collect/cut-text.ts';
import { roundMark } from '../collect/round-lines.ts';

/** A command of a dump: all its runs, whatever the host chose each time. */
export interface DumpCommand {
  readonly id: number;
  /** Its line; `N` stands for what the host chose. */
  readonly line: string;
  /** Of the rounds that it belongs to; null for a command of no collector. */
  readonly kind: Kind | null;
  /** What reads it; null as above, and for what frames a round. */
  readonly collector: string | null;
  readonly mark: 'begin' | 'end' | null;
  /** It only reads files: where these are not there, it says nothing and exits as grep does. */
  readonly readsFiles: boolean;
}

/** The commands of a dump, numbered in the order in which they were met. */
export interface CommandTable {
  readonly commands: readonly DumpCommand[];
  /** The id of the line that stands between two places of some bytes. */
  idOf(bytes: Uint8Array, from: number, to: number): number;
  /** Whether a run found nothing to read: the host does not have it. */
  isAbsence(id: number, exit: number | null, size: number): boolean;
  /** The table that was kept of an earlier reading. */
  load(commands: readonly DumpCommand[]): void;
}

/** Lines that are remembered byte for byte; each has an id of few, so forgetting them costs time only. */
const maxExact = 4096;
/** From so many commands on, those that differ in numbers only are one. */
const maxLines = 2000;
/** And from so many on, all others are one: an id has 16 bits, and a table of more helps nobody. */
const maxCommands = 20_000;
const maxLineLength = 4000;
const others = '(other commands)';
const slots = maxExact * 4;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function createCommandTable(collectors: readonly Collector[]): CommandTable {
  const index = commandIndexOf(collectors);
  const ids = new Map<string, number>();
  const commands: DumpCommand[] = [];
  const table = new Int32Array(slots).fill(-1);
  let exact: { bytes: Uint8Array; id: number }[] = [];

  function commandOf(text: string): Omit<DumpCommand, 'id'> {
    const mark = roundMark(text);
    if (mark !== null) return { line: text, kind: mark.kind, collector: null, mark: mark.mark, readsFiles: false };
    const found = index.byLine(text);
    if (found !== null) {
      const { collector, command } = found;
      const readsFiles = command.type === 'read' || command.type === 'files';
      return { line: commandLine(command, 'N'), kind: collector.kind, collector: collector.id, mark: null, readsFiles };
    }
    const line = cutText(commands.length < maxLines ? text : text.replace(/\d+/g, 'N'), maxLineLength);
    const known = ids.has(line) || commands.length < maxCommands;
    return { line: known ? line : others, kind: null, collector: null, mark: null, readsFiles: false };
  }

  function add(command: Omit<DumpCommand, 'id'>): number {
    const known = ids.get(command.line);
    if (known !== undefined) return known;
    const id = commands.length;
    ids.set(command.line, id);
    commands.push({ id, ...command });
    return id;
  }

  return {
    commands,
    idOf: (bytes, from, to) => {
      let slot = hashOf(bytes, from, to) & (slots - 1);
      for (let at = table[slot] as number; at >= 0; at = table[slot] as number) {
        const known = exact[at] as (typeof exact)[number];
        if (isSame(known.bytes, bytes, from, to)) return known.id;
        slot = (slot + 1) & (slots - 1);
      }
      const text = decoder.decode(bytes.subarray(from, to)).replaceAll('\r\n', '\n').replace(/\r$/, '');
      const id = add(commandOf(text));
      if (exact.length === maxExact) {
        exact = [];
        table.fill(-1);
      }
      table[slot] = exact.length;
      // A Buffer's own slice would be a view of bytes that change.
      exact.push({ bytes: Uint8Array.prototype.slice.call(bytes, from, to), id });
      return id;
    },
    isAbsence: (id, exit, size) => size === 0 && (exit === 1 || exit === 2) && commands[id]?.readsFiles === true,
    load: (kept) => {
      for (const { id: _, ...command } of kept) add(command);
    },
  };
}

/** FNV-1a over the length and a dozen of the bytes: enough to part the commands of a host, and the rest is compared. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 ^ (to - from);
  const step = 1 + Math.floor((to - from) / 12);
  for (let at = to - 1; at >= from; at -= step) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let at = 0; at < known.length; at++) if (known[at] !== bytes[from + at]) return false;
  return true;
}
