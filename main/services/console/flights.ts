import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { toFault } from '../../contract/faults.ts';
import type { HealthEvent } from '../../contract/health.ts';
import { type Flight, flightSchema } from '../../contract/health-calls.ts';
import type { Host } from '../../contract/hosts.ts';
import { type FlightWish, flightMinutes, flownEvents } from '../../domain/policy/flights.ts';
import type { FleetService } from '../fleet/fleet-service.ts';

/** The flight recorder: what a host said around an event, densely, as a dump. */
export interface Flights {
  note(host: Host, events: readonly HealthEvent[]): void;
  /** Of one host, the newest first; one whose dump is gone is left out. */
  list(hostId: string): Promise<Flight[]>;
  /** Writes what is under way as it is. */
  close(): Promise<void>;
}

interface FlightOptions {
  /** Where its dumps go, and the file that lists them. */
  readonly folder: string;
  readonly file: string;
  readonly fleet: () => Pick<FleetService, 'live' | 'saveRing'>;
  wish(): FlightWish;
  /** Whether a directory is still there. */
  isThere(directory: string): boolean;
}

interface UnderWay {
  readonly events: HealthEvent[];
  readonly landing: AbortController;
  readonly landed: Promise<void>;
}

/** So many are remembered; those of one host that are more lose their oldest dump. */
const most = 500;
const mostOfHost = 20;
const mostEvents = 20;
const minuteMs = 60_000;

export function createFlights(options: FlightOptions): Flights {
  const underWay = new Map<string, UnderWay>();
  let turn: Promise<unknown> = Promise.resolve();

  function begin(host: Host, events: readonly HealthEvent[]): void {
    const landing = new AbortController();
    const flown = [...events];
    const flight: UnderWay = {
      ...{ events: flown, landing },
      landed: fly(host, flown, landing).finally(() => underWay.delete(host.id)),
    };
    underWay.set(host.id, flight);
  }

  /** Looks at the host, so that its samples come densely, until the time is over; then what was kept becomes a dump. */
  async function fly(host: Host, events: HealthEvent[], landing: AbortController): Promise<void> {
    const timer = setTimeout(() => landing.abort(), flightMinutes.after * minuteMs);
    try {
      for await (const _live of options.fleet().live(host.id, landing.signal)) if (landing.signal.aborted) break;
    } catch {
      // A host that was removed, or cannot be looked at: what was kept of it until now is written all the same.
    } finally {
      clearTimeout(timer);
    }
    const minutes = flightMinutes.before + flightMinutes.after;
    const told = events.slice(0, mostEvents);
    const at = Math.min(...told.map((event) => event.at));
    const texts = told.map(({ finding }) => finding.text);
    try {
      const { directory, from, to } = await options.fleet().saveRing(host.id, minutes, { folder: options.folder });
      await remember({ hostId: host.id, path: directory, at, from, to, events: texts, failure: null });
    } catch (error) {
      const failure = toFault(error, 'save').message;
      await remember({ hostId: host.id, path: null, at, from: at, to: at, events: texts, failure });
    }
  }

  /** One after the other: each reads what the one before wrote. */
  function remember(flight: Flight): Promise<void> {
    const next = turn.then(async () => {
      const all = [flight, ...(await read(options.file))];
      const own = all.filter(({ hostId }) => hostId === flight.hostId);
      const old = own.slice(mostOfHost);
      for (const { path } of old) if (path !== null) await rm(path, { recursive: true, force: true });
      const beside = `${options.file}.new`;
      const kept = all.filter((one) => !old.includes(one)).slice(0, most);
      await writeFile(beside, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
      await rename(beside, options.file);
    });
    turn = next.catch(() => undefined);
    return turn as Promise<void>;
  }

  return {
    note: (host, events) => {
      const flown = flownEvents(options.wish(), events);
      if (flown.length === 0) return;
      const flight = underWay.get(host.id);
      if (flight === undefined) begin(host, flown);
      else flight.events.push(...flown);
    },
    list: async (hostId) => {
      await turn;
      const kept = (await read(options.file)).filter((one) => one.hostId === hostId);
      return kept.filter(({ path }) => path === null || options.isThere(path));
    },
    close: async () => {
      const all = [...underWay.values()];
      for (const { landing } of all) landing.abort();
      await Promise.all(all.map(({ landed }) => landed));
      await turn;
    },
  };
}

/** None where the file is not there, or says something else. */
async function read(file: string): Promise<Flight[]> {
  try {
    return flightSchema.array().parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return [];
  }
}
