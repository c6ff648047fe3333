import type { Process, SampleData } from '../../../../contract/samples.ts';
import { ratePerSecond } from '../../../metrics/rate.ts';
import type { Outcome, Round } from '../../collector.ts';
import { isCut, rawTextOf, textOf } from '../../record.ts';
import { unread } from '../../unread.ts';
import { noPlace, type Place, parseCgroups } from './cgroup.ts';
import { type IoCounters, type IoRates, ioRates, noIo, parseIo } from './io.ts';
import { parseStatLines, type StatLine } from './stat-line.ts';
import { maxCpus, parseCommandLine, parseCpuCount, parsePasswd, parseStatus } from './texts.ts';

interface Kept {
  readonly ticks: number;
  readonly reaped: number;
  readonly command: string | null;
  readonly place: Place;
  /** Null where it was not told. */
  readonly io: IoCounters | null;
}

/** What the next round needs: nothing of a process that was not printed in this one. */
export interface ProcessesState {
  readonly ticksPerSecond: number;
  /** Names by user number. */
  readonly users: ReadonlyMap<string, string>;
  /** By pid and start, as `key` writes it. */
  readonly processes: ReadonlyMap<string, Kept>;
}

type Value = NonNullable<SampleData['processes']>;

/** More than three times as many as the program prints. */
const maxProcesses = 64;

/** More users than any host shows in its top processes; beyond it the oldest names are forgotten. */
const maxUsers = 1000;

export function parseProcesses(round: Round<ProcessesState>): Outcome<Value, ProcessesState> {
  const lines = parseList(textFor(round, 'processes.stat'));
  const ticksPerSecond = parseTicksPerSecond(round);
  const users = mergeUsers(round);
  if (lines.length === 0) {
    const state = { ticksPerSecond, users, processes: new Map<string, Kept>() };
    return { ...unread(round.records('processes.stat').at(-1), '/proc/PID/stat'), state };
  }

  const kept = new Map<string, Kept>();
  const earlierText = textFor(round, 'processes.earlier');
  const earlier = new Map(parseStatLines(earlierText).map((line) => [key(line), line]));
  const earlierSeconds = secondsSince(earlierText, round);
  const ioRecord = round.records('processes.io').at(-1);
  const io = ioRecord === undefined ? new Map<number, IoCounters>() : parseIo(textOf(ioRecord), isCut(ioRecord));
  const earlierIo = earlierCounters(round);
  const places = new Map(round.records('processes.cgroup').flatMap((record) => [...parseCgroups(textOf(record))]));
  const status = parseStatus(textFor(round, 'processes.status'));
  const commands = commandLines(round, new Set(lines.map((line) => line.pid)));
  const cpus = parseCpuCount(textFor(round, 'processes.cpus'));

  const list = lines.map((line): Process => {
    const identity = key(line);
    const before = round.previous?.processes.get(identity);
    const command = commands.has(line.pid) ? (commands.get(line.pid) ?? null) : (before?.command ?? null);
    const place = places.get(line.pid) ?? before?.place ?? noPlace;
    const counters = io.get(line.pid) ?? null;
    const { ticks, reaped } = line;
    kept.set(identity, { ticks, reaped, command, place, io: counters });
    const base = before ?? earlier.get(identity) ?? null;
    const born = base === null && began(line, round, ticksPerSecond);
    const seconds = before === undefined && base !== null ? earlierSeconds : round.elapsedSeconds;
    const cores = coresUsed(line, base?.ticks ?? (born ? 0 : null), seconds, ticksPerSecond);
    const gained = reaped !== (base?.reaped ?? 0);
    const told = before?.io ? { counters: before.io, seconds: round.elapsedSeconds } : earlierIo.get(line.pid);
    const rates = gained ? noRates : ratesOf(told, born, counters, round.elapsedSeconds);
    const facts = status.get(line.pid);
    return {
      pid: line.pid,
      start_ticks: line.startTicks,
      started_seconds: line.startTicks / ticksPerSecond,
      parent_pid: line.parent,
      name: line.name,
      command,
      user: facts?.uid === undefined || facts.uid === null ? null : (users.get(facts.uid) ?? facts.uid),
      state: line.state,
      cpu_percent: cores === null ? null : cores * 100,
      cpu_host_percent: cores === null || cpus === null ? null : Math.min(100, (cores * 100) / cpus),
      memory_bytes: facts?.rssBytes ?? (line.rssPages === 0 ? 0 : null),
      threads: line.threads,
      nice: line.nice,
      ...rates,
      ...place,
    };
  });

  return {
    status: 'ok',
    value: { count: parseCount(textFor(round, 'processes.count')), window_seconds: round.elapsedSeconds, list },
    state: { ticksPerSecond, users, processes: kept },
  };
}

/** The processes of the list, each once. */
function parseList(text: string): StatLine[] {
  const found = new Map<number, StatLine>();
  for (const line of parseStatLines(text)) {
    if (!found.has(line.pid)) found.set(line.pid, line);
    if (found.size === maxProcesses) break;
  }
  return [...found.values()];
}

/** A pid is used again; with the time of its start it is not. */
function key(line: StatLine): string {
  return `${line.pid} ${line.startTicks}`;
}

/**
 * Whether it began inside the window: then all that it counted came in it. In a container with lxcfs uptime is counted
 * from its own start, and the starts of processes from that of its host: what began after now began at no known time.
 */
function began(line: StatLine, round: Round<ProcessesState>, ticksPerSecond: number): boolean {
  const { elapsedSeconds, clock, roundSeconds } = round;
  if (elapsedSeconds === null || clock.uptime_seconds === null) return false;
  const since = line.startTicks / ticksPerSecond - clock.uptime_seconds;
  return since >= -elapsedSeconds - 1 / ticksPerSecond && since <= (roundSeconds ?? 0) + 1 / ticksPerSecond;
}

/** Cores that the process kept busy in that time. */
function coresUsed(
  line: StatLine,
  before: number | null,
  seconds: number | null,
  ticksPerSecond: number,
): number | null {
  const ticks = before === null ? null : ratePerSecond(before, line.ticks, seconds);
  const cores = ticks === null ? null : ticks / ticksPerSecond;
  return cores === null || cores > maxCpus ? null : cores;
}

interface EarlierIo {
  readonly counters: IoCounters;
  /** Host seconds since then. */
  readonly seconds: number | null;
}

const noRates: IoRates = ioRates(null, null, null);

function ratesOf(
  told: EarlierIo | undefined,
  born: boolean,
  counters: IoCounters | null,
  elapsedSeconds: number | null,
): IoRates {
  if (told !== undefined) return ioRates(told.counters, counters, told.seconds);
  return born ? ioRates(noIo, counters, elapsedSeconds) : noRates;
}

/** What was read of those that are new in the list: most in the round before, some when they last ran. */
function earlierCounters(round: Round<ProcessesState>): Map<number, EarlierIo> {
  const found = new Map<number, EarlierIo>();
  for (const record of round.records('processes.io.earlier')) {
    const text = textOf(record);
    const seconds = secondsSince(text, round);
    if (seconds === null) continue;
    for (const [pid, counters] of parseIo(text, isCut(record))) found.set(pid, { counters, seconds });
  }
  return found;
}

/**
 * Host seconds since that was read which is told only now, by the uptime on its first line: where the console has not
 * the round before, as in a dump that was cut, it is another time than the round's own.
 */
function secondsSince(text: string, { clock, elapsedSeconds }: Round<ProcessesState>): number | null {
  const then = /^(\d{1,12}(?:\.\d{1,9})?) \d/.exec(text)?.[1];
  if (then === undefined || clock.uptime_seconds === null || elapsedSeconds === null) return null;
  const since = clock.uptime_seconds - Number(then);
  // Read a little after the round of then began: the round's own window is meant.
  return Math.abs(since - elapsedSeconds) < 0.5 ? elapsedSeconds : since;
}

function commandLines(round: Round<ProcessesState>, pids: ReadonlySet<number>): Map<number, string | null> {
  const found = new Map<number, string | null>();
  for (const record of round.records('processes.cmdline')) {
    const pid = Number(/\/proc\/(\d+)\/cmdline$/.exec(record.command)?.[1]);
    if (pids.has(pid)) found.set(pid, parseCommandLine(rawTextOf(record)));
  }
  return found;
}

function mergeUsers(round: Round<ProcessesState>): ReadonlyMap<string, string> {
  // A host tells them once; a dump that begins in the middle has several records of them, for what was told before.
  const fresh = new Map(round.records('processes.users').flatMap((record) => [...parsePasswd(textOf(record))]));
  const before = round.previous?.users ?? new Map<string, string>();
  if (fresh.size === 0) return before;
  return new Map([...before, ...fresh].slice(-maxUsers));
}

function parseTicksPerSecond(round: Round<ProcessesState>): number {
  const told = parseCount(textFor(round, 'processes.ticks'));
  return told !== null && told > 0 && told <= 100_000 ? told : (round.previous?.ticksPerSecond ?? 100);
}

/** A number that is all of the text: one with anything else in it is another. */
function parseCount(text: string): number | null {
  const digits = /^\s*(\d{1,15})\s*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The output of the round's last record of that command; empty where there is none. */
function textFor(round: Round<ProcessesState>, commandId: string): string {
  const record = round.records(commandId).at(-1);
  return record === undefined ? '' : textOf(record);
}
