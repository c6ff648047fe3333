import { kinds } from '../../contract/kinds.ts';
import type { Kind } from '../../contract/samples.ts';
import { type ByteSink, createByteSink, noBytes } from './byte-sink.ts';
import type { Collector } from './collector.ts';
import { commandIndexOf } from './command-line.ts';
import { cutText } from './cut-text.ts';
import type { FrameEvent } from './framing.ts';
import { maxBytesOf, maxErrorBytes, maxMarkBytes } from './program/limits.ts';
import { beginLine, endLine } from './round-lines.ts';

interface OpenRecord {
  readonly seq: number;
  readonly kind: Kind;
  readonly line: string;
  /** Null for what is read and not forked. */
  readonly runId: string | null;
  readonly stdout: ByteSink;
  stderr: ByteSink | null;
}

/** What a host may say in words of its own, in UTF-16 units. */
const maxReason = 120;

/** What a host may say beside a command's id; it becomes a command line. */
const numbers = /^\d{1,10}(?: \d{1,10}){0,63}$/;

export interface FrameReader {
  /** Where the bytes between control lines belong; null outside of a record. */
  sink(): ByteSink | null;
  /** Takes one control line, without its boundary. */
  control(line: string, now: number, events: FrameEvent[]): void;
}

/** Gives control lines their meaning. What a host makes up is answered with `broken`, and forgotten. */
export function createFrameReader(collectors: readonly Collector[]): FrameReader {
  const index = commandIndexOf(collectors);
  let open: OpenRecord | null = null;

  // These take the words of a whole line; the first says what it is.
  function start(words: readonly string[]): boolean {
    const [, seqText = '', kindText = '', id = ''] = words;
    const seq = parseCount(seqText);
    const kind = kinds.find((one) => one === kindText);
    const argument = words.length > 4 ? words.slice(4).join(' ') : '';
    if (seq === null || kind === undefined || !(argument === '' || numbers.test(argument))) return false;
    if (id === 'round.begin' || id === 'round.end') {
      const line = id === 'round.begin' ? beginLine(kind) : endLine(kind);
      open = { seq, kind, line, runId: null, stdout: createByteSink(maxMarkBytes), stderr: null };
      return true;
    }
    const found = index.byId(id);
    if (found === null || found.collector.kind !== kind) return false;
    const { command } = found;
    open = {
      seq,
      kind,
      line: index.lineOf(command, argument),
      runId: command.type === 'run' ? `${seq}:${id}` : null,
      stdout: createByteSink(maxBytesOf(command)),
      stderr: null,
    };
    return true;
  }

  function end(words: readonly string[], now: number, events: FrameEvent[]): boolean {
    const [, exitText = '', msText = '', flags = ''] = words;
    const durationMs = parseCount(msText);
    const exit = exitText === 'none' ? null : parseCount(exitText);
    const record = open;
    if (record === null || durationMs === null || (exit === null && exitText !== 'none')) return false;
    open = null;
    (record.stderr ?? record.stdout).dropLast();
    const error = words.length > 4 ? cutText(words.slice(4).join(' '), maxReason) : '';
    events.push({
      type: 'record',
      seq: record.seq,
      kind: record.kind,
      record: {
        command: record.line,
        endedAt: now,
        exit,
        error: error === '' ? null : error,
        durationMs,
        stdout: record.stdout.bytes(),
        stderr: record.stderr?.bytes() ?? noBytes,
        truncated: record.stdout.overflowed || flags.includes('t'),
        timedOut: flags.includes('d'),
      },
    });
    if (record.runId !== null) events.push({ type: 'ran', seq: record.seq, runId: record.runId });
    return true;
  }

  function run(words: readonly string[], events: FrameEvent[]): boolean {
    const [, seqText = '', id = ''] = words;
    const seq = parseCount(seqText);
    const command = index.byId(id)?.command;
    if (seq === null || command?.type !== 'run') return false;
    const { deadlineSeconds } = command;
    events.push({ type: 'run', seq, runId: `${seq}:${id}`, commandId: id, deadlineSeconds });
    return true;
  }

  function reading(words: readonly string[], events: FrameEvent[]): boolean {
    const [, seqText = '', id = ''] = words;
    const seq = parseCount(seqText);
    const isKnown = index.byId(id) !== null || collectors.some((one) => one.awk !== null && one.id === id);
    if (seq === null || !(isKnown || id === '-')) return false;
    events.push({ type: 'reading', seq, id: isKnown ? id : null });
    return true;
  }

  function done(words: readonly string[], events: FrameEvent[]): boolean {
    const seq = parseCount(words[1] ?? '');
    const kind = kinds.find((one) => one === words[2]);
    if (seq === null || kind === undefined) return false;
    events.push({ type: 'done', seq, kind });
    return true;
  }

  function understand(line: string, now: number, events: FrameEvent[]): boolean {
    const words = line.split(' ');
    const what = words[0];
    if (open !== null && what === 'err' && open.stderr === null) {
      open.stdout.dropLast();
      open.stderr = createByteSink(maxErrorBytes);
      return true;
    }
    if (what === 'end') return end(words, now, events);
    // Whatever else comes while a record is open: the program died in its middle and was started again.
    open = null;
    if (what === 'record') return start(words);
    if (what === 'run') return run(words, events);
    if (what === 'reading') return reading(words, events);
    if (what === 'done') return done(words, events);
    if (what === 'ready') events.push({ type: 'ready', awk: cutText(behind(line), 40) });
    else if (what === 'lost') events.push({ type: 'lost' });
    else if (what === 'broken') events.push({ type: 'broken', reason: cutText(behind(line), maxReason) });
    else return false;
    return true;
  }

  return {
    sink: () => (open === null ? null : (open.stderr ?? open.stdout)),
    control(line, now, events) {
      if (understand(line, now, events)) return;
      open = null;
      events.push({ type: 'broken', reason: cutText(`The host sent a frame that makes no sense: ${line}`, maxReason) });
    },
  };
}

/** What stands behind the first word. */
function behind(line: string): string {
  const at = line.indexOf(' ');
  return at === -1 ? '' : line.slice(at + 1);
}

function parseCount(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
