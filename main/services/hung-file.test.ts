import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../contract/faults.ts';
import type { Sample } from '../contract/samples.ts';
import type { Collector } from '../domain/collect/collector.ts';
import { load } from '../domain/collect/collectors/load.ts';
import { compileProgram } from '../domain/collect/program/compile-program.ts';
import { tickLine } from '../domain/collect/program/ticks.ts';
import { textOf } from '../domain/collect/record.ts';
import { unread } from '../domain/collect/unread.ts';
import { startSession } from './collect/session.ts';
import { createLocalConnect } from './local/create-local-connect.ts';

const never = new AbortController().signal;
const directory = mkdtempSync(join(tmpdir(), 'rackside-hung-'));
/** Nobody ever writes to it: who opens it for reading waits for ever, as with a file of a dead mount. */
const dead = join(directory, 'dead');

beforeAll(() => void execFileSync('mkfifo', [dead]));
afterAll(() => rmSync(directory, { recursive: true }));

const parse: Collector['parse'] = (round) => unread(round.records('dead.file').at(-1), 'The dead file');

const byRead: Collector = {
  id: 'memory',
  kind: 'fast',
  about: 'A file that never answers.',
  commands: [{ type: 'read', id: 'dead.file', when: 'always', path: dead, keep: null }],
  awk: null,
  parse,
};

const byAwk: Collector = {
  ...byRead,
  commands: [
    {
      type: 'script',
      id: 'dead.file',
      when: 'always',
      maxBytes: 100,
      line: () => `cat ${dead}`,
      match: (line) => lineOnly(line),
    },
  ],
  awk: { source: `function dead_read() { record("dead.file", "", slurp("${dead}"), 0, "-") }`, call: 'dead_read' },
};

const byShell: Collector = {
  ...byRead,
  commands: [{ type: 'files', id: 'dead.file', when: 'always', directory, patterns: ['de*'], maxBytes: 100 }],
};

function lineOnly(line: string): string | null {
  return line === `cat ${dead}` ? '' : null;
}

test.each([
  { name: 'a command that reads a file', collector: byRead, line: `cat ${dead}` },
  { name: "a collector's own awk", collector: byAwk, line: `cat ${dead}` },
  { name: 'a command that has the shell read files', collector: byShell, line: `cd ${directory} && grep -s '' de*` },
])('$name: what never answers is found, named and left out, and the others go on', async ({ collector, line }) => {
  const transport = await createLocalConnect()({ onStep: () => undefined, ask: () => Promise.reject() }, never);
  const ends: (Fault | null)[] = [];
  const records: { command: string; output: string; error: string | null }[] = [];
  const answered = Promise.withResolvers<Sample | null>();
  const session = await startSession({
    transport,
    collectors: [collector, load],
    signal: never,
    roundLimitMs: 700,
    onRecord: (record) => records.push({ command: record.command, output: textOf(record), error: record.error }),
    onSample: (sample) => answered.resolve(sample),
    onEnd: (fault) => {
      ends.push(fault);
      answered.resolve(null);
    },
  });
  const sample = await answered.promise;
  session.close();
  transport.close();
  const error = 'It hung and stopped everything, so it is left out until the next connection.';
  expect(sample?.data).toMatchObject({
    load: { one: expect.any(Number) },
    problems: { memory: { status: 'failed', reason: `The dead file could not be read: ${error}` } },
  });
  expect(records).toContainEqual({ command: line, output: '', error });
  expect(ends).toEqual([null]);
});

test.each(['sh', 'bash', 'busybox sh'])(
  'an awk that hangs does not outlive the program on %s for long',
  async (shell) => {
    const child = spawn('sh', ['-c', `exec ${shell}`], { stdio: ['pipe', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes(' reading 1 dead.file\n')) child.stdin.end();
      else if (output.includes(' ready ')) child.stdin.write(tickLine({ seq: 1, kind: 'fast', first: true }));
    });
    child.stdin.write(compileProgram([byRead], 'b'.repeat(16), true));
    // Its pipe closes when the last process that holds it is gone.
    await once(child, 'close');
    expect(output).toContain('reading 1 dead.file');
  },
);
