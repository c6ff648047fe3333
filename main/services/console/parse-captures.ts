import { readFile, stat } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import { collectors } from '../../domain/collect/collectors/index.ts';
import {
  type Capture,
  collectorSystems,
  type Parsed,
  parseCapture,
  UnknownCommand,
} from '../../domain/collect/parse-capture.ts';

/** What a person names on a command line: files that hold what commands printed. */
export interface CaptureFiles {
  readonly collector: string;
  readonly os: string;
  /** `FILE`, or `CMD=FILE`. */
  readonly captures: readonly string[];
  readonly previous: readonly string[];
  readonly elapsedSeconds: number;
}

/** No host sends more of one command. */
const maxBytes = 64 << 20;

/** What a collector makes of captures. Throws `not_found` and `bad_input` faults that say what there is. */
export async function parseCaptures(wanted: CaptureFiles): Promise<Parsed> {
  if (!collectorSystems.some((os) => os === wanted.os)) {
    throw bad(`No collector reads ${wanted.os}; there are those for ${collectorSystems.join(', ')}.`);
  }
  const collector = collectors.find(({ id }) => id === wanted.collector);
  if (collector === undefined) {
    const known = collectors.map(({ id }) => id).join(', ');
    throw new FaultError('not_found', 'parse', `There is no collector "${wanted.collector}"; there are ${known}.`);
  }
  const [captures, previous] = await Promise.all([wanted.captures, wanted.previous].map(readAll));
  try {
    return parseCapture({
      collector,
      captures: captures as Capture[],
      previous: previous as Capture[],
      elapsedSeconds: wanted.elapsedSeconds,
    });
  } catch (error) {
    throw error instanceof UnknownCommand ? bad(error.message) : error;
  }
}

async function readAll(names: readonly string[]): Promise<Capture[]> {
  const captures = await Promise.all(names.map(readOne));
  if (captures.length > 1 && captures.some(({ command }) => command === null)) {
    throw bad("Several captures need their commands: --record 'CMD'=FILE.");
  }
  return captures;
}

/** Commands and paths may hold the sign that parts them: the last one that leaves the name of a file is meant. */
async function readOne(name: string): Promise<Capture> {
  const parts = [...name.matchAll(/=/g)].map(({ index }) => index).reverse();
  for (const at of [-1, ...parts]) {
    const path = name.slice(at + 1);
    const size = await sizeOf(path);
    if (size === null) continue;
    if (size > maxBytes) throw bad(`${path} is larger than what is ever kept of a command: ${maxBytes} bytes.`);
    return { command: at < 0 ? null : name.slice(0, at), bytes: await readFile(path), path };
  }
  throw new FaultError('not_found', 'read', `There is no file ${name.slice((parts[0] ?? -1) + 1)}.`);
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? found.size : null;
}

function bad(message: string): FaultError {
  return new FaultError('bad_input', 'parse', message);
}
