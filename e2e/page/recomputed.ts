import type { UsedPart } from '../pages/source-dialog.ts';

/** What a reading is made of, sorted as the formulas need it. */
interface Parts {
  readonly before: readonly number[];
  readonly now: readonly number[];
  /** Host seconds between the rounds. */
  readonly seconds: number;
  readonly lineBefore: string;
  readonly lineNow: string;
}

type Formula = (parts: Parts) => number;

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const first: Formula = ({ now }) => now[0] ?? Number.NaN;
const times =
  (factor: number): Formula =>
  ({ now }) =>
    (now[0] ?? Number.NaN) * factor;
/** What does not grow does so in any time. Where no counter is marked, more or less of it would be as much: 100 %. */
const growth =
  (factor: number): Formula =>
  ({ before, now, seconds }) => {
    if (before.length + now.length === 0) return Number.NaN;
    const grown = sum(now) - sum(before);
    return grown === 0 ? 0 : (grown * factor) / seconds;
  };

const columnNames = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
const ticks =
  (...names: string[]): Formula =>
  ({ lineBefore, lineNow }) => {
    const columns = (line: string) => line.trim().split(/ +/).slice(1, 9).map(Number);
    const grown = columns(lineNow).map((value, index) => value - (columns(lineBefore)[index] ?? 0));
    return (100 * sum(names.map((name) => grown[columnNames.indexOf(name)] ?? 0))) / sum(grown);
  };
/** The marks are there, and what they come to is not in the bytes alone. */
const marked: Formula = () => Number.NaN;

/** Written from the manuals and not from the collectors: by path, how a number follows from the bytes. */
const formulas: readonly (readonly [RegExp, Formula])[] = [
  [/^cpu\..*\.busy_percent$/, ticks('user', 'nice', 'system', 'irq', 'softirq')],
  ...columnNames.map((name) => [new RegExp(`^cpu\\..*\\.${name}_percent$`), ticks(name)] as const),
  [/^memory\.(swap\.)?used_bytes$/, ({ now }) => ((now[0] ?? 0) - (now[1] ?? 0)) * 1024],
  [/^memory\.(swap\.)?(total|available)_bytes$/, times(1024)],
  [/^load\./, first],
  [/^(processes\.count|clock\.uptime_seconds)$/, first],
  [/^pressure\..*\.stalled_percent$/, growth(1e-4)],
  [/^pressure\..*\.avg\d+_percent$/, first],
  [/^network\..*\.speed_bits_per_second$/, times(1e6)],
  [/^network\..*_per_second$/, growth(1)],
  [/^disks\..*_bytes_per_second$/, growth(512)],
  [/^disks\..*\.busy_percent$/, growth(0.1)],
  [
    /^disks\..*_latency_ms$/,
    // Where no time was spent it does not matter on how many.
    ({ before, now }) =>
      now.length < 2
        ? (now[0] ?? 0) - (before[0] ?? 0)
        : ((now[1] ?? 0) - (before[1] ?? 0)) / ((now[0] ?? 0) - (before[0] ?? 0)),
  ],
  [/^sensors\..*celsius$/, times(0.001)],
  [/^sensors\..*rpm$/, first],
  // The head of the table says how large a block is.
  [/^filesystems\..*_bytes$/, ({ now }) => (now.length === 2 ? (now[0] ?? 0) * (now[1] ?? 0) : (now[0] ?? 0) * 1024)],
  [/^filesystems\..*\.used_percent$/, ({ now }) => (100 * (now[0] ?? 0)) / sum(now)],
  [/^filesystems\..*\.inodes_used_percent$/, ({ now }) => (100 * (now[1] ?? 0)) / (now[0] ?? 0)],
  [/^system\.(sockets|cores|threads)$/, marked],
  [/^system\.booted_epoch_seconds$/, marked],
  [/^(addresses\..*\.(mtu|metric)|listeners\..*\.(port|pid)|accounts\..*\.(uid|gid))$/, first],
  [/^sessions\..*\.idle_seconds$/, marked],
  [/^(updates|units\.counts)\.\w+$/, marked],
  [/^timers\..*_epoch_seconds$/, marked],
  [/^(cost\.cpu_ms|cost\.bytes|cost\.round_ms|wall_clock\.\w+|.*\.length)$/, marked],
];

/** NaN where a formula does not tell; null for a path that none knows. */
export function recomputed(path: string, used: readonly UsedPart[]): number | null {
  const formula = formulas.find(([pattern]) => pattern.test(path))?.[1];
  if (formula === undefined) return null;
  const isClock = ({ command }: UsedPart) => command.includes('/proc/uptime') && !path.startsWith('clock.');
  const of = (round: UsedPart['round']) => used.filter((part) => part.round === round && !isClock(part));
  const clock = (round: UsedPart['round']) => Number(used.find((part) => part.round === round && isClock(part))?.text);
  return formula({
    before: of('before').map(({ text }) => Number(text)),
    now: of('this').map(({ text }) => Number(text)),
    seconds: clock('this') - clock('before'),
    lineBefore: of('before')[0]?.line ?? '',
    lineNow: of('this')[0]?.line ?? '',
  });
}
