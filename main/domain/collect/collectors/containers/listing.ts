import type { Container } from '../../../../contract/guests.ts';
import {
  type Loose,
  looseCount,
  looseFlag,
  looseNumber,
  looseObject,
  looseObjects,
  looseText,
  parseJson,
} from '../loose-values.ts';

export const maxContainers = 512;
const maxName = 256;

/** A container as a list tells it, and when it began. */
export interface Listed {
  readonly container: Container;
  readonly startedEpoch: number | null;
}

/**
 * What an engine lists: a JSON object a line (`docker ps --format '{{json .}}'`), one list of them (`podman ps --format
 * json`, `docker inspect`), or the table for people. Null where there is none of these.
 */
export function readListing(engine: Container['engine'], text: string): Listed[] | null {
  const whole = parseJson(bracketed(text));
  if (Array.isArray(whole)) return looseObjects(whole, maxContainers).flatMap((row) => listedOf(engine, row) ?? []);
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .slice(0, maxContainers)
    .flatMap((line) => {
      const row = looseObject(parseJson(line));
      return row === null ? [] : (listedOf(engine, row) ?? []);
    });
  if (rows.length > 0) return rows;
  return readTable(engine, text) ?? (/^listed\r?$/m.test(text) ? [] : null);
}

/** Podman, which can stand in for docker, lists with words of its own. */
export function isOfPodman(text: string): boolean {
  return /"(?:IsInfra|PodName|CIDFile)":|^CONTAINER ID {2}\S/m.test(text);
}

/** The list among other lines: from one that begins with its bracket to the last that does. */
function bracketed(text: string): string {
  const start = text.search(/^\[/m);
  if (start < 0) return '';
  const end = text.lastIndexOf('\n]');
  return end > start ? text.slice(start, end + 2) : (text.slice(start).split('\n', 1)[0] as string);
}

function listedOf(engine: Container['engine'], row: Loose): Listed | null {
  const id = looseText(row.ID ?? row.Id ?? row.id, 64);
  if (id === null) return null;
  const state = looseObject(row.State) ?? {};
  const status = looseText(row.Status, maxName);
  const given = looseText(row.State, 32) ?? looseText(state.Status, 32) ?? stateOfFlags(state);
  const names = Array.isArray(row.Names) ? row.Names[0] : (row.Names ?? row.Name);
  const known = {
    name: (looseText(names, maxName) ?? id.slice(0, 12)).replace(/^\//, ''),
    image: looseText(row.ImageName ?? looseObject(row.Config)?.Image ?? row.Image, maxName),
    ...{ status, state: given?.toLowerCase() ?? stateOf(status) },
    health: healthOf(looseText(looseObject(state.Health)?.Status, 32) ?? status),
    exit_code: looseCount(row.ExitCode ?? state.ExitCode) ?? exitOf(status),
    restarts: looseCount(row.Restarts ?? row.RestartCount),
    oom_killed: looseFlag(state.OOMKilled),
    ...usesOf(row),
  };
  const startedEpoch = looseNumber(row.StartedAt) ?? epochOf(looseText(row.StartedAt ?? state.StartedAt, 64));
  return { container: withExit({ ...unknownContainer(engine, id), ...known }), startedEpoch };
}

/** `docker stats --format '{{json .}}'`: `"CPUPerc":"16.05%"`, `"MemUsage":"332KiB / 64MiB"`, rounded. */
function usesOf(row: Loose): Pick<Container, 'cpu_percent' | 'memory_bytes' | 'memory_limit_bytes'> {
  const [used = '', limit = ''] = (looseText(row.MemUsage, 64) ?? '').split(' / ');
  const cpu = /^(\d{1,7}(?:\.\d{1,3})?)%$/.exec(looseText(row.CPUPerc, 32) ?? '')?.[1];
  const known = { memory_bytes: bytesOf(used), memory_limit_bytes: bytesOf(limit) };
  return { cpu_percent: cpu === undefined ? null : Number(cpu), ...known };
}

const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function bytesOf(text: string): number | null {
  const [, value, unit = ''] = /^(\d{1,9}(?:\.\d{1,6})?)([KMGT]?i?B)$/.exec(text.trim()) ?? [];
  const step = steps.indexOf(unit);
  return value === undefined || step < 0 ? null : Math.round(Number(value) * 1024 ** step);
}

/** The table with its words under its heads, which alone tell where a column ends. */
function readTable(engine: Container['engine'], text: string): Listed[] | null {
  const lines = text.split('\n').map((line) => line.slice(0, 4096).trimEnd());
  const at = lines.findIndex((line) => /^CONTAINER ID {2,}.*\bSTATUS\b.*\bNAMES\b/.test(line));
  const head = lines[at];
  if (head === undefined) return null;
  const heads = [...head.matchAll(/\S+(?: \S+)*/g)];
  const cell = (line: string, name: string) => {
    const column = heads.findIndex(([words]) => words === name);
    return column < 0 ? undefined : line.slice(heads[column]?.index, heads[column + 1]?.index).trim();
  };
  return lines.slice(at + 1, at + 1 + maxContainers).flatMap((line) => {
    const id = /^[0-9a-f]{12,64}(?=\s)/.exec(line)?.[0];
    if (id === undefined) return [];
    const row = { ID: id, Names: cell(line, 'NAMES'), Image: cell(line, 'IMAGE'), Status: cell(line, 'STATUS') };
    return listedOf(engine, row) ?? [];
  });
}

function unknownContainer(engine: Container['engine'], id: string): Container {
  return {
    ...{ engine, id, name: id, image: null, state: 'unknown', status: null, health: null, exit_code: null },
    ...{ restarts: null, oom_killed: null, up_seconds: null, cpu_percent: null },
    ...{ memory_bytes: null, memory_limit_bytes: null },
  };
}

/** One that has never ended, or runs again, has no exit code of meaning. */
export function withExit(container: Container): Container {
  const hasEnded = /^(?:exited|dead|restarting|stopped|removing)$/.test(container.state);
  return hasEnded ? container : { ...container, exit_code: null };
}

/** Before Docker 20.10 the words alone tell. */
function stateOf(status: string | null): string {
  if (status === null) return 'unknown';
  if (/^Up .*\(Paused\)$/.test(status)) return 'paused';
  const found = /^(Up|Exit(?:ed)?|Created|Restarting|Dead|Removal)\b/.exec(status)?.[1]?.toLowerCase() ?? 'unknown';
  return found === 'up' ? 'running' : found === 'removal' ? 'removing' : found === 'exit' ? 'exited' : found;
}

/** Inspecting said no word for it before Docker 1.9. */
function stateOfFlags(state: Loose): string | null {
  const flags = ['Restarting', 'Paused', 'Running', 'Dead'].map((flag) => [flag, looseFlag(state[flag])] as const);
  const [set] = flags.find(([, is]) => is === true) ?? [];
  if (set !== undefined || looseFlag(state.Running) === null) return set?.toLowerCase() ?? null;
  return epochOf(looseText(state.StartedAt, 64)) === null ? 'created' : 'exited';
}

function healthOf(words: string | null): Container['health'] {
  const found = /(?:^|\((?:health: )?)(healthy|unhealthy|starting)(?:\)|$)/.exec(words ?? '')?.[1];
  return (found as Container['health'] | undefined) ?? null;
}

/** `Exited (137) 2 days ago`; the first versions said `Exit 137`. */
function exitOf(status: string | null): number | null {
  return looseCount(/^(?:Exited|Restarting|Dead|Exit) \(?(\d{1,3})\b/.exec(status ?? '')?.[1]);
}

/** Seconds of an RFC 3339 instant; null for the year 1, in which engines have what never began. */
export function epochOf(text: string | null): number | null {
  if (text === null || !/^[12]\d{3}-\d\d-\d\dT/.test(text)) return null;
  const milliseconds = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(milliseconds) || milliseconds <= 0 ? null : milliseconds / 1000;
}
