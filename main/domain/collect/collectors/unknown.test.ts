import { describe, expect, test } from 'vitest';
import type { Collector } from '../collector.ts';
import { commandLine } from '../command-line.ts';
import { collectors } from './index.ts';
import { record, run } from './round-fixture.ts';

/** Outputs that say no number: nothing, a refusal, a header alone, JSON without anything in it. */
const outputs = ['', '\n', 'Permission denied\n', 'NAME STATE READ WRITE CKSUM\n', '{}', '[]', '{"pools": {}}', 'null'];

/** What the console itself counts: bytes, and the rows of a list that says that it is empty. */
const known = /^(cost\.bytes|units\.counts\.\w+|listeners\.count)$/;

function numbersIn(value: unknown, path: string): string[] {
  if (typeof value === 'number') return known.test(path) ? [] : [`${path} = ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => numbersIn(part, `${path}.${key}`));
}

function told(collector: Collector, output: string): string[] {
  const records = collector.commands.map((command) => {
    return [command.id, record(output, { command: commandLine(command, '') })] as const;
  });
  const outcome = run(collector, Object.fromEntries(records), { elapsed: 30 });
  return outcome.status === 'ok' ? numbersIn(outcome.value, collector.id) : [];
}

describe('no number comes out of outputs that hold none', () => {
  test.each(collectors.map((collector) => [collector.id, collector] as const))('%s', (_, collector) => {
    expect(outputs.flatMap((output) => told(collector, output))).toEqual([]);
  });
});
