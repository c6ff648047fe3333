import { setImmediate } from 'node:timers/promises';
import type { Sample } from '../../contract/samples.ts';
import { parseSampleSeparator } from '../../domain/dump/format-sample.ts';
import { chunkBytes, type ReadableFile, readFully } from './file-window.ts';

/** A sample that is longer than this is damage. */
const maxSampleBytes = 16 << 20;
const separatorStart = '\n===== ';
/** After so many samples others have their turn. */
const turn = 64;

/** What `readSamples` came across, counted while it reads. */
export interface SampleTally {
  read: number;
  torn: number;
  foreign: number;
}

/** The samples of a `samples.log`, in their order, without holding more of it than one of them. */
export async function* readSamples(file: ReadableFile, tally: SampleTally): AsyncGenerator<Sample> {
  const { parseSample } = await import('../../domain/dump/parse-sample.ts');
  let texts = 0;
  for await (const text of sampleTexts(file)) {
    texts += 1;
    if (texts % turn === 0) await setImmediate();
    const lineEnd = text.indexOf('\n');
    const separator = parseSampleSeparator(lineEnd < 0 ? text : text.slice(0, lineEnd));
    const parsed = separator === null ? null : parseSample(separator.kind, text.slice(lineEnd + 1));
    if (parsed === null || parsed.status === 'torn') tally.torn += text.trim() === '' ? 0 : 1;
    else if (parsed.status === 'foreign') tally.foreign += 1;
    else {
      tally.read += 1;
      yield parsed.sample;
    }
  }
}

/** The file cut before every line that begins like a separator. JSON has no such line: its newlines are escaped. */
async function* sampleTexts(file: ReadableFile): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (let offset = 0; ; ) {
    const chunk = await readFully(file, Buffer.allocUnsafe(chunkBytes), offset);
    offset += chunk.length;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const isEnd = chunk.length < chunkBytes;
    let from = 0;
    for (;;) {
      const next = rest.indexOf(separatorStart, from);
      if (next < 0) break;
      yield rest.toString('utf8', from, next + 1);
      from = next + 1;
    }
    if (isEnd) {
      if (from < rest.length) yield rest.toString('utf8', from);
      return;
    }
    rest = rest.length - from > maxSampleBytes ? Buffer.alloc(0) : rest.subarray(from);
  }
}
