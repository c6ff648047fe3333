import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../contract/samples.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import { createPipeline } from '../../domain/collect/pipeline.ts';
import { beginLine, endLine } from '../../domain/collect/round-lines.ts';

/** A directory of captures that nobody of this project wrote; without it its tests are skipped, and named as that. */
export const corpus = process.env.RACKSIDE_CORPUS;

export type Json = Record<string, number | string>;
/** A capture. */
export const text = (name: string): string => readFileSync(join(corpus as string, `${name}.txt`), 'utf8');
/** What its source expects of it, under names of its own. */
export const expected = <T = Json>(name: string): T =>
  JSON.parse(readFileSync(join(corpus as string, `${name}.expected.json`), 'utf8'));

/** One fast round of these files, through the pipeline as a dump would be. */
export function sample(uptime: number, files: Record<string, string>, pipeline = createPipeline(collectors)): Sample {
  const record = (command: string, output: string) => ({
    command,
    endedAt: 0,
    exit: 0,
    error: null,
    durationMs: 0,
    stdout: new TextEncoder().encode(output),
    stderr: new Uint8Array(),
    truncated: false,
    timedOut: false,
  });
  const lines = [
    record(beginLine('fast'), `${uptime} 1.0\n`),
    ...Object.entries(files).map(([command, output]) => record(command, output)),
    record(endLine('fast'), ''),
  ];
  return lines.flatMap((one) => pipeline.push(one))[0] as Sample;
}

/** The lines that a command would keep. */
export const keep = (output: string, pattern: RegExp): string =>
  output
    .split('\n')
    .filter((line) => pattern.test(line))
    .join('\n');
