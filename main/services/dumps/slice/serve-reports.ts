import { open, rm } from 'node:fs/promises';
import type { Entry } from '../../../contract/dump-entries.ts';
import type { Redaction, shareDumpContract } from '../../../contract/dump-sharing.ts';
import { FaultError } from '../../../contract/faults.ts';
import type { Handlers } from '../../../contract/rpc/definition.ts';
import type { Sample } from '../../../contract/samples.ts';
import { createPipeline } from '../../../domain/collect/pipeline.ts';
import { createLearner } from '../../../domain/redact/redactor.ts';
import type { ReportEntry, ReportMoment, ReportSample } from '../../../domain/report/report-moment.ts';
import { reportPage } from '../../../domain/report/report-page.ts';
import { dumpFault } from '../dump-fault.ts';
import { readFully } from '../file-window.ts';
import type { Dump } from '../open-dump.ts';
import { readEntries } from '../read-entries.ts';
import { lastAt, sampleAt } from '../sample-places.ts';
import { readSampleText } from '../samples-log.ts';
import { learnEntry } from './redacting-reader.ts';
import { hiddenBy } from './serve-slices.ts';
import { sliceOfDump } from './slice-of-dump.ts';
import { noFolderFault } from './slice-target.ts';
import { freshKey } from './write-slice.ts';

/** Entries before the moment, and after it. */
const [shownBefore, shownAfter] = [60, 20];
const shownBytes = 8 << 10;
/** How many entries before the moment are looked at for names, and replayed where no samples were recorded. */
const lookedAt = 3000;
/** Of each sample. */
const mostSample = 4 << 20;

/** Writes moments of an open dump as pages. */
export function serveReports(dump: Dump): Pick<Handlers<typeof shareDumpContract>, 'dumps.report'> {
  return {
    'dumps.report': async ({ at, redaction, to }, signal) => {
      await dump.indexed;
      const moment = await momentOf(dump, at);
      const shown = redaction.redact ? await redacted(dump, moment, redaction, signal) : moment;
      const page = Buffer.from(reportPage(shown));
      await writeNew(to, page);
      return { to, bytes: page.length };
    },
  };
}

async function momentOf(dump: Dump, at: number): Promise<ReportMoment> {
  const { log } = dump;
  const last = lastAt(log.table.count, log.table.timeOf, at);
  const first = Math.max(0, last - shownBefore + 1);
  const end = Math.min(log.table.count, last + 1 + shownAfter);
  const positions = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  const entries = await Promise.all((await readEntries(log, positions)).map((entry) => reportEntry(dump, entry)));
  const [fast, medium] = await samplesAt(dump, at, last);
  if (entries.length === 0 && fast === null && medium === null) {
    throw new FaultError('bad_input', 'report', 'The dump holds nothing at that moment: choose a later one.');
  }
  const zoneMinutes = -new Date(at).getTimezoneOffset();
  const { notes } = dump.status();
  return { name: dump.name, at, zoneMinutes, fast, medium, entries, notes, isRedacted: false };
}

async function reportEntry({ log }: Dump, entry: Entry): Promise<ReportEntry> {
  const { at, command, exit, error, durationMs, offset, size, stderr, truncated, timedOut, state } = entry;
  const part = async (from: number, length: number): Promise<string> =>
    (await readFully(log.file, Buffer.alloc(Math.min(length, shownBytes)), from)).toString('utf8');
  const isShortened = size - stderr > shownBytes || stderr > shownBytes;
  return {
    ...{ at, command, exit, error, durationMs, size, truncated, timedOut, state, isShortened },
    stdout: await part(offset, size - stderr),
    stderr: await part(offset + size - stderr, stderr),
  };
}

/** The newest fast and medium sample, as they were recorded, or computed from the commands where they were not. */
async function samplesAt(dump: Dump, at: number, last: number): Promise<[ReportSample | null, ReportSample | null]> {
  const { samples, collectors } = dump;
  const found = new Map<string, ReportSample>();
  const keep = ({ kind, collected_at, data }: Sample) => found.set(kind, { at: Date.parse(collected_at), data });
  if (samples !== null) {
    const { parseSample } = await import('../../../domain/dump/parse-sample.ts');
    for (const kind of ['fast', 'medium']) {
      const position = sampleAt(samples, at, kind);
      if (position === null) continue;
      const { text } = await readSampleText(samples, samples.head(position), mostSample);
      const parsed = parseSample(kind, text);
      if (parsed.status === 'ok') keep(parsed.sample);
    }
  } else {
    const pipeline = createPipeline(collectors);
    for await (const record of dump.records(Math.max(0, last - lookedAt), last + 1)) {
      for (const sample of pipeline.push(record)) keep(sample);
    }
  }
  return [found.get('fast') ?? null, found.get('medium') ?? null];
}

/** The same with pseudonyms, of what the dump names until then: all texts of it, also what it is called. */
async function redacted(
  dump: Dump,
  moment: ReportMoment,
  redaction: Redaction,
  signal: AbortSignal,
): Promise<ReportMoment> {
  const { table } = dump.log;
  const learner = createLearner({ keyed: freshKey(), ...hiddenBy(dump, redaction) });
  const last = lastAt(table.count, table.timeOf, moment.at) + shownAfter;
  const near = Math.max(0, last - lookedAt);
  // Users and what does not change are told in the first rounds.
  const wanted = Array.from({ length: table.count }, (_, position) => position).filter(
    (position) => position < lookedAt || (position >= near && position <= last),
  );
  const source = sliceOfDump(dump, { positions: Uint32Array.from(wanted), from: 0, to: 0 });
  for await (const entry of source.entries()) {
    await learnEntry(source, entry, learner, async () => signal.throwIfAborted());
  }
  learner.learn(Buffer.from(JSON.stringify([moment.name, moment.fast, moment.medium, moment.notes])));
  const redactor = learner.settle();
  const text = (of: string, ending: 'whole' | 'cut' | 'strings' = 'whole'): string =>
    Buffer.from(redactor.redact(Buffer.from(of), ending)).toString('utf8');
  const json = <Value>(value: Value): Value => JSON.parse(text(JSON.stringify(value), 'strings')) as Value;
  return {
    ...moment,
    name: text(moment.name),
    notes: moment.notes.map((note) => text(note)),
    fast: json(moment.fast),
    medium: json(moment.medium),
    entries: moment.entries.map((entry) => ({
      ...entry,
      command: text(entry.command),
      error: entry.error === null ? null : text(entry.error),
      stdout: text(entry.stdout, 'cut'),
      stderr: text(entry.stderr, 'cut'),
    })),
    isRedacted: true,
  };
}

async function writeNew(to: string, page: Uint8Array): Promise<void> {
  const handle = await open(to, 'wx', 0o600).catch((error) => {
    if (error.code === 'ENOENT') throw noFolderFault('report', to, error);
    if (error.code !== 'EEXIST') throw dumpFault(error, 'report', to);
    throw new FaultError('bad_input', 'report', `${to} is there already: choose a new name.`);
  });
  try {
    await handle.writeFile(page);
  } catch (error) {
    await rm(to, { force: true });
    throw dumpFault(error, 'report', to);
  } finally {
    await handle.close();
  }
}
