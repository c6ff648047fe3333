import type { Collector, Command } from './collector.ts';
import { commandLine, createCommandIndex } from './command-line.ts';

export interface CommandOfLine {
  readonly command: Command;
  /** Of a script: what it was asked of. */
  readonly argument: string;
}

/**
 * The command of a collector that a line stands for, as a person may have typed it: the very line, one that reads the same
 * file, or the most alike; null: none.
 */
export function findCommand(collector: Collector, line: string): CommandOfLine | null {
  const wanted = line.trim().replace(/\s+/g, ' ');
  const exact = createCommandIndex([collector]).byLine(wanted);
  if (exact !== null) return exact;
  const typed = wordsOf(wanted);
  const scored = collector.commands
    .map((command) => ({ command, score: likeness(typed, command) }))
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  if (best === undefined || best.score <= 0) return null;
  const pids = typed.paths.flatMap((path) => /^\/proc\/(\d{1,10})\//.exec(path)?.[1] ?? []);
  return { command: best.command, argument: best.command.type === 'script' ? pids.join(' ') || '0' : '' };
}

interface Typed {
  /** Without what stands before it: `sudo`, `LC_ALL=C`, `timeout 10`. */
  readonly program: string;
  /** Options one by one: `-Pi` is `-P -i`. */
  readonly words: ReadonlySet<string>;
  readonly paths: readonly string[];
}

/** Other names of files that collectors read. */
const sameFiles: Readonly<Partial<Record<string, string>>> = {
  '/proc/mounts': '/proc/self/mounts',
  '/proc/1/mounts': '/proc/self/mounts',
  '/etc/mtab': '/proc/self/mounts',
  '/usr/lib/os-release': '/etc/os-release',
};

const around = /^(?:[A-Z_]+=\S*|sudo|env|command|nice|timeout|-n|\d+s?)$/;
const readers = /^(?:cat|head|tail|less|more|zcat|e?grep|awk|sed|find|getent|type)$/;

function wordsOf(line: string): Typed {
  const parts = line.split(/[\s;|&()'"]+/).filter((word) => word !== '');
  const words = parts.slice(parts.findIndex((word) => !around.test(word)));
  const single = words.flatMap((word) =>
    /^-[A-Za-z]{2,8}$/.test(word) ? [...word.slice(1)].map((one) => `-${one}`) : [word],
  );
  const [program = ''] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  // A file alone is read; `getent passwd` reads what stands in `/etc`.
  const isFile = program.startsWith('/') && words.length === 1;
  const base = name === 'getent' ? '/etc' : (/\bcd (\/\S+)/.exec(line)?.[1] ?? null);
  if (name === 'mount') return { program: 'cat', words: new Set(), paths: ['/proc/self/mounts'] };
  const paths = words.slice(isFile ? 0 : 1).flatMap((word) => pathOf(word, base));
  return { program: isFile ? 'cat' : name, words: new Set(single), paths };
}

function pathOf(word: string, base: string | null): string[] {
  if (/^\/./.test(word)) return [sameFiles[word] ?? word];
  const isRelative = base !== null && (base === '/etc' || word.includes('/')) && !word.startsWith('-');
  return isRelative ? [`${base}/${word}`] : [];
}

/** Ranks: the file that a command reads, files of a pattern, a directory of such, words that they share; 0 where nothing. */
function likeness({ program, words, paths }: Typed, command: Command): number {
  const line = commandLine(command, '0');
  const own = wordsOf(line);
  const files =
    command.type === 'files' ? command.patterns.map((pattern) => `${command.directory}/${pattern}`) : own.paths;
  const shared = [...words].filter((word) => own.words.has(word) && !readers.test(word)).length;
  const nearest = Math.max(0, ...paths.flatMap((path) => files.map((file) => nearness(path, file, command))));
  if (readers.test(program)) return nearest === 0 ? 0 : nearest + shared - files.length / 100;
  const isProgram = [...own.words].some((word) => word.slice(word.lastIndexOf('/') + 1) === program);
  return isProgram ? 100 + shared + nearest : nearest;
}

function nearness(path: string, file: string, { type }: Command): number {
  const one = (text: string) => text.replace(/^\/proc\/(?:\d+|self|\*|\[0-9\]\*)(?=\/)/, '/proc/N').replace(/\/$/, '');
  const [wanted, known] = [one(path), one(file)];
  if (wanted === known) return type === 'read' ? 1000 : type === 'files' ? 900 : 800;
  if (matches(wanted, known) || matches(known, wanted)) return 900;
  return type === 'files' && known.startsWith(`${wanted}/`) ? 850 : wanted.startsWith(`${known}/`) ? 700 : 0;
}

/** Whether a path is one of a shell's pattern. */
function matches(path: string, pattern: string): boolean {
  const parts = pattern.split(/(\[[^\]]*\]|\*)/).map((part) => {
    if (part === '*') return '[^/]*';
    return part.startsWith('[') ? part : part.replace(/[.+?^${}()|\\]/g, '\\$&');
  });
  return pattern.length < 1024 && new RegExp(`^${parts.join('')}$`).test(path);
}
