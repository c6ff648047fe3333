import { visibleJson, visibleLines } from '../../../domain/present/words.ts';
import { parseCaptures } from '../../../services/console.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';

/** What a collector makes of outputs that were kept; needs no host and no running console. */
export const parse: Command = async ({ arguments: { operands, parsing, json }, print, fail }) => {
  const { collector, os, records, previous, elapsedSeconds } = parsing;
  if (collector === null) throw new UsageError('Which collector? --collector ID; rackside collectors lists them.');
  const captures = [...operands, ...records];
  if (captures.length === 0) throw new UsageError("Which capture? FILE, or --record 'CMD'=FILE.");
  if (operands.length > 1) throw new UsageError("Several captures need their commands: --record 'CMD'=FILE.");
  if (previous.length > 0 && elapsedSeconds === null) {
    throw new UsageError('How many host seconds lie between the two? --elapsed S.');
  }
  const parsed = await parseCaptures({ collector, os, captures, previous, elapsedSeconds: elapsedSeconds ?? 0 });
  if (json) print(`${visibleJson({ collector, ...parsed })}\n`);
  else if (parsed.status === 'ok') print(`${visibleLines(JSON.stringify(parsed.value, null, 2))}\n`);
  else print(`${parsed.status}: ${parsed.reason}\n${parsed.remedy === undefined ? '' : `${parsed.remedy}\n`}`);
  if (parsed.status === 'failed') fail();
};
