/**
 * Where readings of ours stand in samples of another product's agent. The Elixir agent proxMon keeps the shape
 * `{"collected_at": …, "data": {…}}`, with keys of its own that are not published; its load and CPU come from no logged
 * command, so its samples alone have them. Hence this table takes the names that can mean one thing only, because the
 * unit stands in them or there is none. A bare `cpu` may be a share or a percentage, `memory.used` bytes or KiB: such
 * stay what they are, in the tree of the raw sample.
 */
export type ForeignReading =
  | 'cpu.busy'
  | 'load.1'
  | 'load.5'
  | 'load.15'
  | 'memory.total'
  | 'memory.used'
  | 'memory.available'
  | 'swap.total'
  | 'swap.used'
  | 'uptime';

/** The parts of `data` in which they are looked for; null is `data` itself. */
export const foreignRoots: readonly (string | null)[] = [null, 'host', 'system'];

/** Dots between keys, `[0]` for the first of a list; what is above `most` is not believed. */
export const foreignNames: Readonly<
  Record<ForeignReading, { readonly names: readonly string[]; readonly most: number }>
> = {
  'cpu.busy': {
    names: ['cpu.busy_percent', 'cpu.usage_percent', 'cpu.percent', 'cpu_usage_percent', 'cpu_percent'],
    most: 100,
  },
  'load.1': load('1', 'one', 0),
  'load.5': load('5', 'five', 1),
  'load.15': load('15', 'fifteen', 2),
  'memory.total': bytes('memory', 'total'),
  'memory.used': bytes('memory', 'used'),
  'memory.available': bytes('memory', 'available'),
  'swap.total': bytes('swap', 'total'),
  'swap.used': bytes('swap', 'used'),
  uptime: { names: ['uptime_seconds', 'uptime.seconds'], most: 1e10 },
};

function load(minutes: string, word: string, place: number): { names: string[]; most: number } {
  const alone = [`load${minutes}`, `load_${minutes}`, `load${minutes}m`, `load_${minutes}m`, `load_avg_${minutes}`];
  const inside = ['load', 'loadavg', 'load_average', 'load_avg'].flatMap((group) =>
    [...[`load${minutes}`, `avg${minutes}`, `${minutes}`, `${minutes}m`, `${minutes}min`, word, `[${place}]`]].map(
      (name) => `${group}.${name}`,
    ),
  );
  return { names: [...alone, ...inside], most: 1e6 };
}

function bytes(group: string, part: string): { names: string[]; most: number } {
  const groups = group === 'memory' ? ['memory', 'mem'] : [group];
  const names = groups.flatMap((name) => [`${name}.${part}_bytes`, `${name}_${part}_bytes`]);
  // Swap is told beside the memory as often as by itself.
  const beside = group === 'swap' ? [`memory.swap_${part}_bytes`, `memory.swap.${part}_bytes`] : [];
  return { names: [...names, ...beside], most: 2 ** 52 };
}
