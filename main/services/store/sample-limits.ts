import type { Sample } from '../../contract/samples.ts';
import { maxDisks, maxFans, maxInterfaces, maxTemperatures } from '../../domain/metrics/device-readings.ts';
import { maxCores, maxFilesystems } from '../../domain/metrics/readings.ts';

/**
 * What is kept of one sample at most. A host says what it likes; it must not be able to fill the memory, the journal or
 * a layout. What is more is cut, and the store's health says so.
 */

/** Rows of a process list, from its beginning. */
export const maxProcesses = 200;

/** Characters of text in all rows of a process list together. */
export const maxProcessText = 256 * 1024;

/** Characters of names of readings that are new, of one host within an hour. */
const maxNewNames = 64 * 1024;

const hourMs = 3_600_000;

/** What of a sample was cut. */
export type Cut = 'processes' | 'readings';

type Processes = Sample['data']['processes'];

/** The rows that are kept. A list of which nothing is kept is unknown. */
export function cutProcesses(processes: Processes): { processes: Processes; isCut: boolean } {
  if (processes === null || processes === undefined) return { processes, isCut: false };
  const { list } = processes;
  let [kept, characters] = [0, 0];
  for (const { name, command, user, state } of list) {
    const more = name.length + (command?.length ?? 0) + (user?.length ?? 0) + state.length;
    if (kept === maxProcesses || characters + more > maxProcessText) break;
    characters += more;
    kept++;
  }
  if (kept === list.length) return { processes, isCut: false };
  return { processes: kept === 0 ? null : { ...processes, list: list.slice(0, kept) }, isCut: true };
}

/** The lists of a sample from which readings are named, and how many of each there are readings for. */
function ownLists({ data }: Sample): readonly (readonly [length: number, most: number])[] {
  return [
    [data.cpu?.cores.length ?? 0, maxCores],
    [data.filesystems?.list.length ?? 0, maxFilesystems],
    [data.network?.interfaces.length ?? 0, maxInterfaces],
    [data.disks?.list.length ?? 0, maxDisks],
    [data.sensors?.temperatures.length ?? 0, maxTemperatures],
    [data.sensors?.fans.length ?? 0, maxFans],
  ];
}

/** Whether a sample has more of something than there are readings for. */
export function hasTooMany(sample: Sample): boolean {
  return ownLists(sample).some(([length, most]) => length > most);
}

/** Whether a sample has readings whose names its host chooses. */
export function hasOwnNames(sample: Sample): boolean {
  return ownLists(sample).some(([length]) => length > 0);
}

/** A sample without the readings whose names its host chooses. */
export function withoutOwnNames(sample: Sample): Sample {
  const { cpu, filesystems, network, disks, sensors } = sample.data;
  const data = {
    ...sample.data,
    ...(cpu ? { cpu: { ...cpu, cores: [] } } : {}),
    ...(filesystems ? { filesystems: { list: [] } } : {}),
    ...(network ? { network: { ...network, interfaces: [] } } : {}),
    ...(disks ? { disks: { ...disks, list: [] } } : {}),
    ...(sensors ? { sensors: { temperatures: [], fans: [] } } : {}),
  };
  return { ...sample, data };
}

/** Counts the new names of each host by the hour. */
export class NameBudget {
  readonly #spent = new Map<string, { hour: number; characters: number }>();

  /** False when so many would be too many; then they are not counted. */
  take(hostId: string, at: number, characters: number): boolean {
    const hour = Math.floor(at / hourMs);
    const spent = this.#spent.get(hostId);
    const sum = characters + (spent?.hour === hour ? spent.characters : 0);
    if (sum > maxNewNames) return false;
    this.#spent.set(hostId, { hour, characters: sum });
    return true;
  }
}

/** One sentence on hosts that send more than is kept; null where none does. `nameOf` gives a host's name by its id. */
export function cutProblem(cut: ReadonlyMap<string, Cut>, nameOf: (hostId: string) => string): string | null {
  const [first] = cut;
  if (first === undefined) return null;
  const [key, what] = first;
  const hosts = new Set([...cut.keys()].map(hostOf));
  const others = hosts.size > 1 ? ` ${hosts.size - 1} more hosts send too much as well.` : '';
  const limit =
    what === 'processes'
      ? `only the first ${maxProcesses} processes with ${maxProcessText / 1024} KiB of text are kept of each list`
      : `${maxCores} cores, ${maxDisks} disks and ${maxFilesystems} filesystems are kept, and no more where their names keep changing`;
  return `${nameOf(hostOf(key))} sends more than history takes: ${limit}.${others}`;
}

const hostOf = (key: string) => key.slice(key.indexOf(' ') + 1);
