/** An honest round on its way: whole frames in latin1 text, the session's boundary in them. */
export interface HonestRound {
  readonly frames: readonly string[];
  readonly boundary: string;
  readonly seq: number;
  /** A number between 0 and 1. */
  random(): number;
}

/** What is sent in its place; `ends` closes the channel behind it. */
export interface MutatedRound {
  readonly text: string;
  readonly ends?: boolean;
}

type Mutation = (round: HonestRound) => MutatedRound;

/** By the kinds that a hostile host has: everything that it may print, and nothing that an honest reader could not tell. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'cut anywhere': ({ frames, random }) => {
    const text = frames.join('');
    return { text: text.slice(0, below(random, text.length)), ends: random() < 0.5 };
  },
  'cut within an output, which says so': (round) =>
    inBody(round, (body) => body.slice(0, below(round.random, body.length)), '0 0 t'),
  'a frame again and again': (round) => {
    const frame = pick(round, round.frames);
    return { text: spliced(round, frame.repeat(1 + below(round.random, 300))) };
  },
  'the round twice': ({ frames }) => ({ text: [...frames, ...frames].join('') }),
  'frames in another order': ({ frames, random }) => ({
    text: frames
      .map((frame) => [random(), frame] as const)
      .sort(([a], [b]) => a - b)
      .map(([, frame]) => frame)
      .join(''),
  }),
  'two frames exchanged': (round) => {
    const frames = [...round.frames];
    const [a, b] = [below(round.random, frames.length), below(round.random, frames.length)];
    [frames[a], frames[b]] = [frames[b] ?? '', frames[a] ?? ''];
    return { text: frames.join('') };
  },
  'a frame less': (round) => {
    const left = below(round.random, round.frames.length);
    return { text: round.frames.filter((_, index) => index !== left).join('') };
  },
  'giant noise': (round) => ({ text: spliced(round, `${'x'.repeat(below(round.random, 4 << 20))}\n`) }),
  'a giant line with no end': (round) => ({ text: spliced(round, 'y'.repeat(below(round.random, 1 << 20))) }),
  'a giant frame': (round) => ({
    text: spliced(round, `${round.boundary} ${'z'.repeat(below(round.random, 1 << 20))}\n`),
  }),
  'a giant output': (round) => inBody(round, (body) => `${body}\n${'filler '.repeat(below(round.random, 300_000))}`),
  'an output again and again': (round) =>
    inBody(round, (body) =>
      `${body}\n`.repeat(1 + Math.ceil((below(round.random, 4) * (1 << 20)) / (body.length + 1))),
    ),
  'a flood of frames': (round) => {
    const frame = pick(round, round.frames);
    return { text: spliced(round, frame.repeat(Math.min(6000, Math.ceil((8 << 20) / frame.length)))) };
  },
  'binary noise': (round) => ({ text: spliced(round, bytes(round, below(round.random, 100_000))) }),
  'binary lines in an output': (round) =>
    inBody(round, (body) => `${bytes(round, 200)}\n${body}\n${bytes(round, 200)}`),
  'bytes that are no digits within numbers': (round) =>
    inBody(round, (body) => body.replace(/\d(?=\d)/g, (digit) => (round.random() < 0.2 ? `${digit}\xff` : digit))),
  'forged frames without the boundary': (round) => ({
    text: spliced(
      round,
      lies(round)
        .map((lie) => `${falseBoundary(round)}${lie}\n`)
        .join(''),
    ),
  }),
  'forged frames within an output': (round) =>
    inBody(round, (body, command) => {
      return [body, ...lies(round, command).map((lie) => `${falseBoundary(round)}${lie}`)].join('\n');
    }),
  'frames of another round': ({ frames, seq, boundary, random }) => {
    const other = seq + (random() < 0.5 ? -1 : 1);
    const mark = `${boundary} record ${seq} `;
    return { text: frames.join('').replaceAll(mark, () => (random() < 0.2 ? `${boundary} record ${other} ` : mark)) };
  },
  'a frame of another kind': (round) => {
    const text = round.frames.join('');
    const [from, to] = round.random() < 0.5 ? [' fast ', ' medium '] : [' medium ', ' fast '];
    return { text: text.replace(from, to) };
  },
  'frames that make no sense': (round) => ({ text: spliced(round, `${round.boundary} ${pick(round, nonsense)}\n`) }),
  'noise on standard error within an output': (round) =>
    inBody(round, (body) => `${body}\n${round.boundary} err\nno\n`),
};

const nonsense = [
  ...['', 'end', 'end 0 0 -', 'end none -1 -', 'err', 'lost', 'broken', 'broken by the host', 'ready', 'ready mawk'],
  ...['record', 'record 1 fast', 'record -1 fast cpu.stat', 'record 1 slow cpu.stat', 'done', 'done 1', 'done 99 fast'],
  ...['run', 'run 1 filesystems.df', 'reading', 'reading 1 -', 'reading 1 cpu.stat', '\x00\x1b[2J\xff', '__proto__'],
  'record 9007199254740993 fast cpu.stat',
];

/** Frames with values that no honest round has; but for those of one command, whose output they could truly be. */
function lies({ seq }: HonestRound, but = ''): string[] {
  const records = {
    'load.loadavg': '66.66 66.66 66.66 66/66666 66666',
    'memory.meminfo': 'MemTotal: 66666666 kB\nMemFree: 6666 kB\nMemAvailable: 6666 kB',
    'round.end': '6666.66 6666.66',
  };
  const told = Object.entries(records).filter(([command]) => command !== but);
  const frames = told.flatMap(([command, output]) => [`record ${seq} fast ${command}\n${output}\n`, 'end 0 0 -']);
  return [...frames, `done ${seq} fast`];
}

/** Something that looks like the boundary, or has it where it counts for nothing. */
function falseBoundary({ boundary, random }: HonestRound): string {
  const near = [boundary.slice(0, -1), `${boundary}0`, `${boundary}\t`, ` ${boundary}`, `x${boundary}`, ''];
  return `${near[below(random, near.length)]} `;
}

/** The round with something between two of its frames. */
function spliced({ frames, random }: HonestRound, text: string): string {
  const at = below(random, frames.length + 1);
  return [...frames.slice(0, at), text, ...frames.slice(at)].join('');
}

/** The round with the output of one of its records changed. */
function inBody(round: HonestRound, change: (body: string, command: string) => string, end = '0 0 -'): MutatedRound {
  const own = round.frames.flatMap((frame, index) => (/ record \d+ /.test(frame) ? [index] : []));
  const chosen = pick(round, own);
  const text = round.frames.map((frame, index) => {
    if (index !== chosen) return frame;
    const head = frame.indexOf('\n') + 1;
    const tail = frame.lastIndexOf(`\n${round.boundary} end `);
    const command = frame.slice(0, head).trim().split(' ')[4] ?? '';
    return `${frame.slice(0, head)}${change(frame.slice(head, tail), command)}\n${round.boundary} end ${end}\n`;
  });
  return { text: text.join('') };
}

function bytes({ random }: HonestRound, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(below(random, 256))).join('');
}

function pick<Value>({ random }: HonestRound, values: readonly Value[]): Value {
  return values[below(random, values.length)] as Value;
}

/** A whole number from 0, below `limit`. */
function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}
