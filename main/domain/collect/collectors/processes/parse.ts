import type { Process, SampleData } from '../../../../contract/samples.ts';
import { ratePerSecond } from '../../../metrics/rate.ts';
import type { Outcome, Round } from '../../collector.ts';
import { rawTextOf, textOf } from '../../record.ts';
import { unread } from '../../unread.ts';
import { parseStatLines, type StatLine } from './stat-line.ts';
import { maxCpus, parseCommandLine, parseCpuCount, parsePasswd, parseStatus } from './texts.ts';

interface Kept {
  readonly ticks: number;
  readonly command: string | null;
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
  const earlier = new Map(parseStatLines(textFor(round, 'processes.earlier')).map((line) => [key(line), line.ticks]));
  const status = parseStatus(textFor(round, 'processes.status'));
  const commands = commandLines(round, new Set(lines.map((line) => line.pid)));
  const cpus = parseCpuCount(textFor(round, 'processes.cpus'));

  const list = lines.map((line): Process => {
    const identity = key(line);
    const before = round.previous?.processes.get(identity);
    const command = commands.has(line.pid) ? (commands.get(line.pid) ?? null) : (before?.command ?? null);
    kept.set(identity, { ticks: line.ticks, command });
    const cores = coresUsed(line, before?.ticks ?? earlier.get(identity) ?? null, round, ticksPerSecond);
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

/** Cores that the process kept busy in the window; one that began inside the window began at zero. */
function coresUsed(
  line: StatLine,
  before: number | null,
  round: Round<ProcessesState>,
  ticksPerSecond: number,
): number | null {
  const { elapsedSeconds, clock } = round;
  if (elapsedSeconds === null || clock.uptime_seconds === null) return null;
  const began = line.startTicks / ticksPerSecond >= clock.uptime_seconds - elapsedSeconds - 1 / ticksPerSecond;
  const base = before ?? (began ? 0 : null);
  if (base === null) return null;
  const ticks = ratePerSecond(base, line.ticks, elapsedSeconds);
  const cores = ticks === null ? null : ticks / ticksPerSecond;
  return cores === null || cores > maxCpus ? null : cores;
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
