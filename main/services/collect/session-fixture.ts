import type { Fault } from '../../contract/faults.ts';
import type { Kind } from '../../contract/samples.ts';
import type { Collector } from '../../domain/collect/collector.ts';
import type { Channel, Transport } from '../../domain/collect/transport.ts';
import { type SessionOptions, startSession } from './session.ts';

/** Hosts for the tests of sessions: they run no program, and say what the test has them say. */

export const collectors: Collector[] = [
  {
    id: 'load',
    kind: 'fast',
    about: 'One file.',
    commands: [{ type: 'read', id: 'load', when: 'always', path: '/proc/loadavg', keep: null }],
    awk: null,
    parse: (round) => ({ status: 'absent', reason: `${round.records('load').length} records` }),
  },
  {
    id: 'filesystems',
    kind: 'medium',
    about: 'One forked command.',
    commands: [{ type: 'run', id: 'df', when: 'always', line: 'df -P', deadlineSeconds: 20, maxBytes: 1000 }],
    awk: null,
    parse: (round) => ({ status: 'failed', reason: round.records('df')[0]?.error ?? 'nothing' }),
  },
];

/** One program on a host that does what the test says. */
export interface FakeProgram {
  script: string;
  /** What was written after the script. */
  lines: string[];
  say(text: string | Uint8Array): void;
  complain(text: string): void;
  end(exit: number | null): void;
  /** Frames of a whole round; `body` between its two ends. */
  round(seq: number, kind: Kind, body?: string): void;
  frame(text: string): void;
  /** The text with the boundary in place of every `@`. */
  framed(text: string): string;
  closed: boolean;
}

export function createFakeHost(onLine: (program: FakeProgram, line: string, index: number) => void) {
  const programs: FakeProgram[] = [];
  const transport: Transport = {
    by: 'a test',
    start: async (): Promise<Channel> => {
      const data: ((chunk: Uint8Array) => void)[] = [];
      const errors: ((chunk: Uint8Array) => void)[] = [];
      const closes: ((exit: number | null) => void)[] = [];
      const index = programs.length;
      const boundary = () => /boundary=([0-9a-f]{16})\n/.exec(program.script)?.[1];
      const program: FakeProgram = {
        script: '',
        lines: [],
        closed: false,
        say: (text) => {
          const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
          for (const listener of data) listener(bytes);
        },
        complain: (text) => {
          for (const listener of errors) listener(new TextEncoder().encode(text));
        },
        end: (exit) => {
          for (const listener of closes.splice(0)) listener(exit);
        },
        framed: (text) => text.replaceAll('@', boundary() as string),
        frame: (text) => program.say(`${boundary()} ${text}\n`),
        round: (seq, kind, body = '') => {
          const uptime = '100.00 1.00\n';
          program.frame(`record ${seq} ${kind} round.begin\n${uptime}\n${boundary()} end 0 0 -`);
          if (body !== '') program.say(program.framed(body));
          program.frame(`record ${seq} ${kind} round.end\n${uptime}\n${boundary()} end 0 0 -`);
          program.frame(`done ${seq} ${kind}`);
        },
      };
      programs.push(program);
      return {
        write: (text) => {
          if (program.script === '') program.script = text;
          else program.lines.push(text.trim());
          onLine(program, program.lines.at(-1) ?? 'script', index);
        },
        onData: (listener) => data.push(listener),
        onError: (listener) => errors.push(listener),
        onClose: (listener) => closes.push(listener),
        close: () => {
          program.closed = true;
          program.end(null);
        },
      };
    },
    run: () => Promise.reject(new Error('not used')),
    onClose: () => undefined,
    close: () => undefined,
  };
  return { transport, programs };
}

/** Ready at once, and answers every tick that the filter lets through. */
export function answering(answers: (kind: Kind, seq: number, index: number) => boolean = () => true) {
  return (program: FakeProgram, line: string, index: number) => {
    if (line === 'script') return program.frame('ready mawk');
    const [what, seq, kind] = line.split(' ') as [string, string, Kind];
    if (what === 'tick' && answers(kind, Number(seq), index)) program.round(Number(seq), kind);
  };
}

export function begin(host: ReturnType<typeof createFakeHost>, over: Partial<SessionOptions> = {}) {
  const seen = { records: [] as string[], samples: [] as string[], ends: [] as (Fault | null)[] };
  const started = startSession({
    transport: host.transport,
    signal: new AbortController().signal,
    collectors,
    random: () => 0,
    onRecord: (record) => seen.records.push(record.error ?? record.command),
    onSample: ({ kind, data }) => seen.samples.push(`${kind} ${Object.values(data.problems)[0]?.reason}`),
    onEnd: (fault) => seen.ends.push(fault),
    ...over,
  });
  started.catch(() => undefined);
  return { seen, started };
}

export const ticks = (program: FakeProgram | undefined) => program?.lines.filter((line) => line.startsWith('tick'));
