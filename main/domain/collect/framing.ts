import type { Kind } from '../../contract/samples.ts';
import { type ByteSink, createByteSink } from './byte-sink.ts';
import type { Collector } from './collector.ts';
import { createFrameReader } from './frame-reader.ts';
import type { CommandRecord } from './record.ts';

export type FrameEvent =
  /** The program runs and takes ticks; `awk` is the one that it found. */
  | { readonly type: 'ready'; readonly awk: string }
  | { readonly type: 'record'; readonly seq: number; readonly kind: Kind; readonly record: CommandRecord }
  /** A forked command was started. When its deadline passes and the record has not come, send `dropLine(runId)`. */
  | {
      readonly type: 'run';
      readonly seq: number;
      readonly runId: string;
      readonly commandId: string;
      readonly deadlineSeconds: number;
    }
  /** That forked command is reported: its record came just before. */
  | { readonly type: 'ran'; readonly seq: number; readonly runId: string }
  /** A careful program reads a command's file next, or lets that collector's awk read; null: it reads nothing more. */
  | { readonly type: 'reading'; readonly seq: number; readonly id: string | null }
  /** Every command of the round was reported. */
  | { readonly type: 'done'; readonly seq: number; readonly kind: Kind }
  /** The program lost the rounds that were under way and goes on; the next tick starts over by itself. */
  | { readonly type: 'lost' }
  /** What came outside frames, such as a message of the day; the first 4 KiB of a session, the rest is dropped. */
  | { readonly type: 'noise'; readonly bytes: Uint8Array }
  /** The program cannot go on, or says what makes no sense; the reason is one sentence. */
  | { readonly type: 'broken'; readonly reason: string };

export interface Framing {
  /** What a chunk completes, in order. Chunks may be cut anywhere. `now` is the console's clock in milliseconds. */
  feed(chunk: Uint8Array, now: number): FrameEvent[];
}

const newline = 10;
const maxControlBytes = 8192;
const maxNoiseBytes = 4096;

/**
 * Takes a program's output apart. Nothing that a host prints makes it throw, and it keeps no more than the limits of
 * the one record that is open. A frame begins with the boundary at the start of a line, and the boundary is a secret
 * of the session, so what a command prints cannot look like one.
 */
export function createFraming(boundary: string, collectors: readonly Collector[]): Framing {
  const marker = new TextEncoder().encode(`${boundary} `);
  const reader = createFrameReader(collectors);
  const decoder = new TextDecoder();
  /** Bytes of the marker that this line has matched so far; -1 once the line is known to be an ordinary one. */
  let matched = 0;
  /** The control line that is being read; null outside of one. */
  let control: ByteSink | null = null;
  let noiseLeft = maxNoiseBytes;

  function ordinary(bytes: Uint8Array, from: number, to: number, events: FrameEvent[]): void {
    if (to <= from) return;
    const sink = reader.sink();
    if (sink !== null) {
      sink.add(bytes, from, to);
      return;
    }
    const end = Math.min(to, from + noiseLeft);
    if (end <= from) return;
    noiseLeft -= end - from;
    events.push({ type: 'noise', bytes: bytes.slice(from, end) });
  }

  /** `line` is null where it was too long. */
  function endControl(line: Uint8Array | null, now: number, events: FrameEvent[]): void {
    control = null;
    matched = 0;
    if (line === null) events.push({ type: 'broken', reason: 'The host sent a frame that is too long.' });
    else reader.control(decoder.decode(line), now, events);
  }

  /** Takes a control line, or what there is of it, from a chunk; gives where it ends there. Most are there whole. */
  function takeControl(chunk: Uint8Array, at: number, now: number, events: FrameEvent[]): number {
    const newlineAt = chunk.indexOf(newline, at);
    const end = newlineAt < 0 ? chunk.length : newlineAt;
    if (control === null && newlineAt >= 0 && end - at <= maxControlBytes) {
      endControl(chunk.subarray(at, end), now, events);
      return end + 1;
    }
    control ??= createByteSink(maxControlBytes);
    control.add(chunk, at, end);
    if (newlineAt < 0) return end;
    endControl(control.overflowed ? null : control.bytes(), now, events);
    return end + 1;
  }

  return {
    feed(chunk, now) {
      const events: FrameEvent[] = [];
      let at = 0;
      /** Where ordinary bytes begin that were not handed on yet. */
      let from = 0;
      while (at < chunk.length) {
        if (control !== null) {
          at = takeControl(chunk, at, now, events);
          from = at;
        } else if (matched < 0) {
          const end = chunk.indexOf(newline, at);
          at = end < 0 ? chunk.length : end + 1;
          if (end >= 0) matched = 0;
        } else if (chunk[at] === marker[matched]) {
          at += 1;
          matched += 1;
          if (matched < marker.length) continue;
          ordinary(chunk, from, at - matched, events);
          at = takeControl(chunk, at, now, events);
          from = at;
        } else {
          // Bytes of an earlier chunk that looked like the marker were held back; they are ordinary after all.
          const held = matched - (at - from);
          if (held > 0) ordinary(marker, 0, held, events);
          matched = -1;
        }
      }
      if (control === null) ordinary(chunk, from, Math.max(from, at - Math.max(0, matched)), events);
      return events;
    },
  };
}
