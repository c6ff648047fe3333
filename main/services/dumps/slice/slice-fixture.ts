import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SliceProgress } from '../../../contract/dump-sharing.ts';
import type { CommandRecord } from '../../../domain/collect/record.ts';
import { beginLine, endLine } from '../../../domain/collect/round-lines.ts';
import { formatEntry } from '../../../domain/dump/format-entry.ts';
import { formatSample } from '../../../domain/dump/format-sample.ts';
import type { Plant, PlantedOutput } from '../../../domain/redact/planted-fixture.ts';
import { type Dump, openDump } from '../open-dump.ts';
import { type Chosen, sliceOfDump } from './slice-of-dump.ts';
import type { WriteAll } from './slice-target.ts';
import { type Hidden, writeSlice } from './write-slice.ts';

export const start = Date.UTC(2026, 3, 22, 20, 0, 0);
export const everything: Chosen = { positions: null, from: null, to: null };

export function recordOf(
  seconds: number,
  command: string,
  stdout: string,
  over: Partial<CommandRecord> = {},
): CommandRecord {
  return {
    ...{ command, endedAt: start + seconds * 1000, exit: 0, error: null, durationMs: 5 },
    ...{ stdout: Buffer.from(stdout), stderr: new Uint8Array(), truncated: false, timedOut: false },
    ...over,
  };
}

/** A dump of rounds, with what was planted between them: in outputs, on standard error, in command lines and samples. */
export async function writePlanted(
  directory: string,
  plants: readonly Plant[],
  outputs: readonly PlantedOutput[],
): Promise<void> {
  const records = outputs.flatMap(({ command, output, truncated }, index) => {
    const { original } = plants[index % plants.length] as Plant;
    return [
      recordOf(30 * index, beginLine('fast'), `${100 + 30 * index}.00 1.00\naaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\n`),
      recordOf(30 * index + 1, 'cat /proc/loadavg', `0.${index} 0.10 0.05 1/200 ${index}\n`),
      recordOf(30 * index + 2, command, output, { truncated }),
      recordOf(30 * index + 3, `check --value='${original}' --quick`, 'ok\n', {
        stderr: Buffer.from(`warning: ${original} is old\n`),
      }),
      recordOf(30 * index + 4, endLine('fast'), `${100.4 + 30 * index} 1.00\n`),
    ];
  });
  const samples = plants.map(({ original }, index) =>
    formatSample(
      {
        kind: 'fast',
        collected_at: new Date(start + index * 30_000).toISOString(),
        data: {
          clock: { boot_id: null, uptime_seconds: 100 + 30 * index },
          problems: { load: { status: 'failed', reason: `It said ${original} and no more, ${original.slice(0, 8)}…` } },
        },
      },
      start + index * 30_000 + 4000,
    ),
  );
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'commands.log'), Buffer.concat(records.flatMap(formatEntry)));
  await writeFile(join(directory, 'samples.log'), samples.join(''));
}

/** Slices a dump, and gives what was told last. */
export async function slice(
  from: string,
  to: string,
  hidden: Hidden | null,
  options: { chosen?: (dump: Dump) => Chosen; signal?: AbortSignal; write?: WriteAll; onProgress?: () => void } = {},
): Promise<SliceProgress | undefined> {
  const dump = await openDump(from);
  try {
    let last: SliceProgress | undefined;
    const source = sliceOfDump(dump, options.chosen?.(dump) ?? everything);
    const signal = options.signal ?? new AbortController().signal;
    for await (const progress of writeSlice(source, to, hidden, signal, options.write)) {
      last = progress;
      options.onProgress?.();
    }
    return last;
  } finally {
    await dump.close();
  }
}

/** What an opened dump counts. */
export async function countsOf(path: string) {
  const dump = await openDump(path);
  try {
    const { entries, samples, torn, lying, suspect, skippedBytes, sizesTrusted, first, last, bytes } = dump.status();
    return { entries, samples, torn, lying, suspect, skippedBytes, sizesTrusted, first, last, bytes };
  } finally {
    await dump.close();
  }
}

/** All that stands in the files of a directory, by their names. */
export async function filesIn(directory: string): Promise<Record<string, Buffer>> {
  const names = await readdir(directory);
  return Object.fromEntries(
    await Promise.all(names.sort().map(async (name) => [name, await readFile(join(directory, name))])),
  );
}
