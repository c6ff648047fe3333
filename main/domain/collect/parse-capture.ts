import type { Problem, Sample } from '../../contract/samples.ts';
import { filesBelowHeadings, filesOfLines } from './capture-files.ts';
import { printedText } from './capture-text.ts';
import type { Collector, Command } from './collector.ts';
import { parseJson } from './collectors/loose-values.ts';
import { commandLine } from './command-line.ts';
import { cutText } from './cut-text.ts';
import { type CommandOfLine, findCommand } from './find-command.ts';
import { createPipeline } from './pipeline.ts';
import type { CommandRecord } from './record.ts';
import { beginLine, endLine } from './round-lines.ts';

/** What a command printed, kept by whomever. */
export interface Capture {
  /** As it was typed, more or less; null where only the output was kept. */
  readonly command: string | null;
  readonly bytes: Uint8Array;
  /** Of the file that it was kept in; trees of captures are named like the files that they were read from. */
  readonly path?: string;
}

export interface CaptureRequest {
  readonly collector: Collector;
  /** Of one round; a single one may come without its command. */
  readonly captures: readonly Capture[];
  /** Of the round before, for rates; empty: there was none. */
  readonly previous: readonly Capture[];
  /** Host seconds between the two. */
  readonly elapsedSeconds: number;
}

export type Parsed = { readonly status: 'ok'; readonly value: unknown } | (Problem & { readonly value: null });

/** A capture whose command is none of the collector's; the message names those that are. */
export class UnknownCommand extends Error {}

const bootId = '00000000-0000-4000-8000-000000000000';
const beginSeconds = 100_000;

/**
 * What a collector makes of captures, by the same pipeline that live hosts and dumps go through. An output without its
 * command is taken for the collector's command that makes most of it; one that tells nothing is no absence, unless
 * it says so itself.
 * Throws an `UnknownCommand`.
 */
export function parseCapture(whole: CaptureRequest): Parsed {
  const { collector } = whole;
  const [captures, previous] = [eachFile(collector, whole.captures), eachFile(collector, whole.previous)];
  const request = { ...whole, captures, previous };
  const all = [...captures, ...previous];
  const [only] = captures;
  if (all.every(({ command }) => command !== null && findCommand(collector, command) !== null)) {
    return outcomeOf(request, null);
  }
  const guesses = collector.commands.map((command) => ({ command, outcome: outcomeOf(request, command) }));
  const named = guesses.filter(({ command, outcome }) => outcome.status === 'ok' && isFileOf(command, only?.path));
  const likely = named.length > 0 ? named : guesses;
  const most = Math.max(...likely.map(({ outcome }) => weightOf(outcome)));
  const alike = likely.filter(({ outcome }) => weightOf(outcome) === most);
  const best = alike[0]?.outcome as Parsed;
  // Tools have names that collectors do not run, and print the same: what can be read is read.
  if (best.status === 'ok') return ambiguity(alike) ?? best;
  if (all.some(({ command }) => command !== null)) {
    throw new UnknownCommand(unknownWords(collector, only?.command ?? ''));
  }
  return toldAbsence(request) ?? unreadable(best, request);
}

/** A capture of several files is one of each of them, as far as the collector reads them. */
function eachFile(collector: Collector, captures: readonly Capture[]): Capture[] {
  const isTyped = (line: string) => findCommand(collector, line) !== null;
  const isRead = (line: string) => findCommand(collector, line)?.command.type === 'read';
  return captures.flatMap((capture) => {
    const text = printedText(capture.bytes, isTyped);
    const line = (path: string) => `cat ${path}`;
    const below = filesBelowHeadings(text).filter(({ path }) => isTyped(line(path)));
    const named = filesOfLines(text);
    // Where the collector itself asks by such lines they stay as they are.
    const files = below.length > 0 ? below : named.every(({ path }) => isRead(line(path))) ? named : [];
    if (files.length === 0) return [capture];
    return files.map(({ path, text: part }) => ({ command: line(path), bytes: new TextEncoder().encode(part) }));
  });
}

/** Whether a capture's file is named like the one that the command reads: `fixtures/proc/pressure/io`, `psi-io.txt`. */
function isFileOf(command: Command, path = ''): boolean {
  if (command.type !== 'read') return false;
  const name = (whole: string) => whole.slice(whole.lastIndexOf('/') + 1);
  const words = (text: string) => `-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-`;
  return words(name(path)).includes(words(name(command.path)));
}

/** Files of one form say different things: nobody guesses which of them one is. */
function ambiguity(alike: readonly { readonly command: Command; readonly outcome: Parsed }[]): Parsed | null {
  const files = alike.flatMap(({ command }) => (command.type === 'read' ? [command.path] : []));
  const [path] = files;
  if (files.length < 2 || path === undefined) return null;
  const reason = `It could be ${files.join(', ')}: tell which, --record 'cat ${path}'=FILE.`;
  return { status: 'failed', reason, value: null };
}

/** Why a host does not have it, in the words of a tool: what was kept may be what it complained. */
function toldAbsence(request: CaptureRequest): Parsed | null {
  const silent = { ...request, captures: request.captures.map((one) => ({ ...one, bytes: new Uint8Array() })) };
  for (const command of request.collector.commands) {
    for (const isComplaint of [false, true]) {
      const told = outcomeOf(request, command, isComplaint);
      const untold = outcomeOf(silent, command, isComplaint);
      const isTold = told.status === 'absent' && (untold.status !== 'absent' || untold.reason !== told.reason);
      if (isTold) return told;
    }
  }
  return null;
}

/** What cannot be read, and where it stands what can. */
function unreadable(outcome: Parsed, { collector, captures }: CaptureRequest): Parsed {
  const text = new TextDecoder().decode(captures[0]?.bytes.slice(0, 4096)).trim();
  if (outcome.status === 'ok' || text === '') return outcome;
  const [line = ''] = text.split('\n', 1);
  const why =
    outcome.status === 'failed' ? outcome.reason.replace(/\.?\s*$/, '') : `Nothing is read from "${cutText(line, 60)}"`;
  const reason = `${why}; rackside collectors lists the outputs that ${collector.id} reads.`;
  return { ...outcome, status: 'failed', reason };
}

/**
 * @param nameless what a capture is an output of whose command is not told, or none of the collector's
 * @param isComplaint whether it is what the command said on standard error when it failed
 */
function outcomeOf(
  { collector, captures, previous, elapsedSeconds }: CaptureRequest,
  nameless: Command | null,
  isComplaint = false,
): Parsed {
  const pipeline = createPipeline([collector]);
  const records = (list: readonly Capture[]) => {
    const printed = new Map<string, { readonly line: string; readonly parts: Part[] }>();
    for (const { command, bytes } of list) {
      const named = command === null ? null : findCommand(collector, command);
      const found = named ?? { command: nameless as Command, argument: '' };
      const line = commandLine(found.command, found.argument);
      const whole = printedText(bytes, (typed) => findCommand(collector, typed) !== null);
      const text = isComplaint ? whole : kept(found, whole, command ?? '');
      // Lines that say which file they are of may stand together.
      const key = /^\/(?:proc|sys)\/[^\s:]+:/.test(text) ? found.command.id : line;
      const { parts } = printed.get(key) ?? { parts: [] };
      printed.set(key, { line, parts: [...parts, { text, at: placeIn(line, command ?? '') }] });
    }
    return [...printed.values()].map(({ line, parts }) => recordOf(line, joined(parts), isComplaint));
  };
  const round = (list: readonly Capture[], seconds: number): Sample[] => {
    const clock = `${seconds} 1.0\n${bootId}\n`;
    const all = [
      recordOf(beginLine(collector.kind), clock),
      ...records(list),
      recordOf(endLine(collector.kind), clock),
    ];
    return all.flatMap((record) => pipeline.push(record));
  };
  if (previous.length > 0) round(previous, beginSeconds);
  const [sample] = round(captures, beginSeconds + elapsedSeconds);
  const problem = sample?.data.problems[collector.id];
  if (problem !== undefined) return { ...problem, value: null };
  return { status: 'ok', value: sample?.data[collector.id] ?? null };
}

function unknownWords(collector: Collector, line: string): string {
  const known = collector.commands.map((command) => `  ${commandLine(command, 'N')}`).join('\n');
  return `${collector.id} runs no command like "${line}", but:\n${known}`;
}

/** One command of a collector may stand for several that were typed: `ip addr` and `ip route`. */
interface Part {
  readonly text: string;
  /** Where the command has what was typed. */
  readonly at: number;
}

/** What they printed, in the order in which the command asks; JSON on one line each, as others stand beside it. */
function joined(parts: readonly Part[]): string {
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only?.text ?? '';
  return [...parts]
    .sort((one, other) => one.at - other.at)
    .map(({ text }) => (/^\s*[[{]/.test(text) ? (JSON.stringify(parseJson(text)) ?? text) : text))
    .map((text) => (text.endsWith('\n') ? text : `${text}\n`))
    .join('');
}

function placeIn(line: string, typed: string): number {
  const words = typed.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-') && line.includes(word));
  return line.lastIndexOf(words.at(-1) ?? '');
}

/** What the host would have sent of a file: the lines that the command keeps, or each with its path in front. */
function kept({ command }: CommandOfLine, text: string, typed: string): string {
  const lines = text.split('\n');
  if (command.type !== 'read') {
    const path = /(?:^|\s)(\/(?:proc\/(?:\d+|net)|sys)\/[\w./:-]+)\s*$/.exec(typed)?.[1];
    if (path === undefined || /\/(?:stat|cmdline)$/.test(path) || text.includes(`${path}:`)) return text;
    return lines.map((line) => (line === '' ? line : `${path}:${line}`)).join('\n');
  }
  if (command.keep === null) return text;
  const keep = new RegExp(command.keep);
  return lines.flatMap((line) => (keep.test(line) ? [`${line}\n`] : [])).join('');
}

function recordOf(command: string, text: string, isComplaint = false): CommandRecord {
  const [told, none] = [new TextEncoder().encode(text), new Uint8Array()];
  return {
    ...{ command, stdout: isComplaint ? none : told, stderr: isComplaint ? told : none, exit: isComplaint ? 1 : 0 },
    ...{ endedAt: 0, error: null, durationMs: 0, truncated: false, timedOut: false },
  };
}

/** How much of a capture was understood: the numbers and words that came out of it. */
function weightOf({ status, value }: Parsed): number {
  if (status !== 'ok') return status === 'failed' ? -1 : -2;
  return leaves(value);
}

function leaves(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, part) => sum + leaves(part), 0);
}

/** Of systems that a host may run, those that collectors know how to ask. */
export const collectorSystems = ['linux'] as const;
export type CollectorSystem = (typeof collectorSystems)[number];
