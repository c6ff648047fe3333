import type { DiffLine } from '../../../../contract/dump-entries.ts';
import { visible, visibleJson } from '../../../../domain/present/words.ts';
import { diffInspected, type InspectedDump } from '../../../../services/console.ts';
import type { Command } from '../../command.ts';
import { UsageError } from '../../usage.ts';
import { entryJson, entryLine } from './list.ts';
import { operandsOf, positionOf, withIndexed } from './with-dump.ts';

const signs = { same: ' ', removed: '-', added: '+' } as const;

/** Two runs line by line; fails where they are not alike. */
export const diff: Command = async (context) => {
  const { arguments: parsed, print, signal, fail } = context;
  const [left, right] = operandsOf(parsed.operands, 'run (PATH:N)', 'run to compare it with (PATH:N)').map(runOf) as [
    Run,
    Run,
  ];
  await withIndexed(context, left.path, (leftDump) => {
    const compare = async (rightDump: InspectedDump) => {
      const found = await diffInspected(
        { dump: leftDump, position: left.position },
        { dump: rightDump, position: right.position },
        signal,
      );
      if (!found.identical) fail();
      if (parsed.json) {
        print(`${visibleJson({ ...found, left: entryJson(found.left), right: entryJson(found.right) })}\n`);
        return;
      }
      print(`--- ${entryLine(found.left)}+++ ${entryLine(found.right)}`);
      if (!found.identical) print(found.lines.map(lineText).join(''));
      if (found.cut) print('(the outputs are longer than what was compared)\n');
    };
    return left.path === right.path ? compare(leftDump) : withIndexed(context, right.path, compare);
  });
};

interface Run {
  readonly path: string;
  readonly position: number;
}

function runOf(operand: string): Run {
  const colon = operand.lastIndexOf(':');
  if (colon < 1) throw new UsageError(`${operand} names no run: that is PATH:N.`);
  return { path: operand.slice(0, colon), position: positionOf(operand.slice(colon + 1)) };
}

function lineText({ kind, count, text }: DiffLine): string {
  return kind === 'skipped' ? `@@ ${count} lines alike @@\n` : `${signs[kind]}${visible(text, 4000)}\n`;
}
