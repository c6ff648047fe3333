import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { diff } from './diff.ts';
import { index } from './index-dump.ts';
import { list } from './list.ts';
import { pullDump } from './pull-dump.ts';
import { record } from './record.ts';
import { report } from './report.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { slice } from './slice.ts';
import { stats } from './stats.ts';

const commands: Readonly<Record<string, Command>> = {
  ...{ index, list, show, search, stats, diff, record, slice, report },
  pull: pullDump,
};

/** What can be done with a dump, offline, and how to have one: `rackside dump WHAT …`. */
export const dump: Command = async (context) => {
  const [what, ...operands] = context.arguments.operands;
  if (what === undefined) throw new UsageError(`Which of ${Object.keys(commands).join(', ')}?`);
  const command = Object.hasOwn(commands, what) ? commands[what] : undefined;
  if (command === undefined)
    throw new UsageError(`There is no dump ${what}; there are ${Object.keys(commands).join(', ')}.`);
  await command({ ...context, arguments: { ...context.arguments, operands } });
};
