import type { Problem, Sample } from '../../contract/samples.ts';
import type { Collector, Command } from './collector.ts';
import { commandLine, createCommandIndex } from './command-line.ts';
import { createPipeline } from './pipeline.ts';
import type { CommandRecord } from './record.ts';
import { beginLine, endLine } from './round-lines.ts';

/** What a command printed, kept by whomever. */
export interface Capture {
  /** As it was typed, more or less; null where only the output was kept. */
  readonly command: string | null;
  readonly bytes: Uint8Array;
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
 * command is taken for the collector's command that makes most of it.
 * Throws an `UnknownCommand`.
 */
export function parseCapture(request: CaptureRequest): Parsed {
  const { collector, captures, previous } = request;
  const all = [...captures, ...previous];
  const [only] = captures;
  if (all.every(({ command }) => command !== null && findCommand(collector, command) !== null)) {
    return outcomeOf(request, null);
  }
  const best = collector.commands
    .map((command) => outcomeOf(request, command))
    .reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best));
  // Tools have names that collectors do not run, and print the same: what can be read is read.
  if (best.status === 'ok' || all.every(({ command }) => command === null)) return best;
  throw new UnknownCommand(unknownWords(collector, only?.command ?? ''));
}

/** @param nameless what a capture is an output of whose command is not told, or none of the collector's */
function outcomeOf(
  { collector, captures, previous, elapsedSeconds }: CaptureRequest,
  nameless: Command | null,
): Parsed {
  const pipeline = createPipeline([collector]);
  const records = (list: readonly Capture[]) =>
    list.map(({ command, bytes }) => {
      const named = command === null ? null : findCommand(collector, command);
      const found = named ?? { command: nameless as Command, argument: '' };
      return recordOf(commandLine(found.command, found.argument), kept(found.command, bytes));
    });
  const round = (list: readonly Capture[], seconds: number): Sample[] => {
    const clock = new TextEncoder().encode(`${seconds} 1.0\n${bootId}\n`);
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

/** The command of a collector that a line stands for: the very line, the file that it reads, or the most alike; null: none. */
export function findCommand(collector: Collector, line: string): { command: Command; argument: string } | null {
  const wanted = line.trim().replace(/\s+/g, ' ');
  const exact = createCommandIndex([collector]).byLine(wanted);
  if (exact !== null) return exact;
  const scored = collector.commands
    .map((command) => ({ command, score: likeness(wanted, command) }))
    .sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best !== undefined && best.score > 0 ? { command: best.command, argument: '' } : null;
}

function unknownWords(collector: Collector, line: string): string {
  const known = collector.commands.map((command) => `  ${commandLine(command, 'N')}`).join('\n');
  return `${collector.id} runs no command like "${line}", but:\n${known}`;
}

/** How many words they share, the program's name and a path counting most; 0 where they share neither. */
function likeness(line: string, command: Command): number {
  const words = new Set(line.split(' '));
  if (command.type === 'read' && [...words].some((word) => word === command.path)) return 1000;
  const own = new Set(commandLine(command, '').split(/[\s;|&]+/));
  const [program = ''] = [...words].filter((word) => word !== 'sudo' && !word.startsWith('-'));
  const name = program.slice(program.lastIndexOf('/') + 1);
  const shared = [...words].filter((word) => own.has(word)).length;
  const paths = [...words].filter((word) => word.startsWith('/') && own.has(word)).length;
  return own.has(name) ? 100 + shared + 10 * paths : paths * 10;
}

/** What the host would have sent of a whole file: the lines that the command keeps. */
function kept(command: Command, bytes: Uint8Array): Uint8Array {
  if (command.type !== 'read' || command.keep === null) return bytes;
  const keep = new RegExp(command.keep);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(
    text
      .split('\n')
      .filter((one) => keep.test(one))
      .map((one) => `${one}\n`)
      .join(''),
  );
}

function recordOf(command: string, stdout: Uint8Array): CommandRecord {
  return {
    ...{ command, stdout, endedAt: 0, exit: 0, error: null, durationMs: 0 },
    ...{ stderr: new Uint8Array(), truncated: false, timedOut: false },
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
