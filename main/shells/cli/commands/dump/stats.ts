import type { CommandStats } from '../../../../contract/dump-entries.ts';
import { formatBytes, formatCount } from '../../../../domain/present/units.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import type { Command } from '../../command.ts';
import { formatTable } from '../../table.ts';
import { operandsOf, withIndexed } from './with-dump.ts';

/** The commands of a dump: how often each ran, how it went, and how long it took. */
export const stats: Command = async (context) => {
  const { arguments: parsed, print, signal } = context;
  const [path] = operandsOf(parsed.operands, 'dump');
  await withIndexed(context, path, async ({ client, id }) => {
    const { filter } = parsed.dump;
    const { commands } = await client['dumps.commands']({ hostId: id, filter }, signal);
    if (parsed.json) for (const one of commands) print(`${visibleJson(asJson(one))}\n`);
    else print(table(commands));
  });
};

function asJson({ meanMs, p95Ms, maxMs, minSize, meanSize, maxSize, first, last, ...stats }: CommandStats) {
  const durations = { mean_ms: meanMs, p95_ms: p95Ms, max_ms: maxMs };
  const sizes = { min_bytes: minSize, mean_bytes: meanSize, max_bytes: maxSize };
  return { ...stats, ...durations, ...sizes, first: new Date(first).toISOString(), last: new Date(last).toISOString() };
}

function table(commands: readonly CommandStats[]): string {
  const ms = (value: number | null) => (value === null ? '–' : value.toFixed(value < 10 ? 1 : 0));
  const rows = commands.map(({ runs, failures, meanMs, p95Ms, maxMs, meanSize, maxSize, command }) => [
    ...[formatCount(runs), formatCount(failures), ms(meanMs), ms(p95Ms), ms(maxMs)],
    ...[formatBytes(meanSize), formatBytes(maxSize), visible(command, 100)],
  ]);
  const header = ['runs', 'failed', 'mean ms', 'p95 ms', 'max ms', 'mean size', 'max size', 'command'];
  return formatTable(header, rows, [0, 1, 2, 3, 4, 5, 6]);
}
