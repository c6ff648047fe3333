import { visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { sampleLine } from '../sample-text.ts';
import { visit } from '../visit.ts';

/** A line for every fast sample, until Ctrl+C. */
export const watch: Command = async ({ arguments: { operands, json, identityFiles }, open, signal, print }) => {
  const client = await open();
  const wanted = await findHost(client, onlyOperand(operands, 'host'), identityFiles);
  let seen: string | null = null;
  for await (const { fast } of visit(client, wanted, signal)) {
    if (fast === null || fast.collected_at === seen) continue;
    seen = fast.collected_at;
    print(json ? `${visibleJson(fast)}\n` : sampleLine(fast));
  }
};
