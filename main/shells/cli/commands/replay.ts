import { visible, visibleJson } from '../../../domain/present/words.ts';
import { replayDump } from '../../../services/console.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { sampleLine, sampleText } from '../sample-text.ts';

/** Parses a dump's raw commands again with today's collectors; needs no running console and no data folder. */
export const replay: Command = async ({ arguments: { operands, json }, print, signal }) => {
  const warn = (note: string): void => void process.stderr.write(`${visible(note)}\n`);
  for await (const sample of replayDump(onlyOperand(operands, 'dump'), warn)) {
    if (signal.aborted) return;
    if (json) print(`${visibleJson(sample)}\n`);
    else print(sample.kind === 'fast' ? sampleLine(sample) : `${sampleText(sample)}\n`);
  }
};
