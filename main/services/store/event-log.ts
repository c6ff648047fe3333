import {
  type Finding,
  findingSchema,
  type HealthChange,
  type HealthEvent,
  type Standing,
} from '../../contract/health.ts';
import type { HealthEventsRequest } from '../../contract/health-calls.ts';
import type { Connection } from './database.ts';

interface EventRow {
  readonly at: number;
  readonly change: HealthChange;
  readonly sudden: number;
  readonly told: string;
}

interface StandingRow {
  readonly told: string;
  readonly since: number;
}

/** So many events are kept of a host, the newest: a hostile one may make a new one with every sample. */
const maxPerHost = 10_000;

/** What came and went, host by host. */
export class EventLog {
  readonly #insert;
  readonly #bound;
  readonly #between;
  readonly #standing;
  /** Since the host's events were last counted. */
  readonly #written = new Map<string, number>();

  constructor(database: Connection) {
    this.#insert = database.prepare(
      'insert or replace into event (host, at, finding, change, severity, sudden, told) values (?, cast(? as integer), ?, ?, ?, cast(? as integer), ?)',
    );
    this.#bound = database.prepare<[string, string, number]>(
      'delete from event where host = ? and at < (select at from event where host = ? order by at desc limit 1 offset ?)',
    );
    this.#between = database.prepare<[string, number, number, number], EventRow>(
      'select at, change, sudden, told from event where host = ? and at >= ? and at < ? order by at desc, finding desc limit ?',
    );
    this.#standing = database.prepare<{ host: string; until: number }, StandingRow>(`
      select told, coalesce((
        select max(at) from event as raised
        where raised.host = event.host and raised.finding = event.finding and raised.change = 'raised'
          and raised.at <= @until
      ), at) as since
      from event
      where host = @host and change <> 'cleared'
        and at = (
          select max(at) from event as later
          where later.host = event.host and later.finding = event.finding and later.at <= @until
        )
      order by at limit 300
    `);
  }

  /** To be called in a transaction. */
  save(hostId: string, { at, change, finding, sudden }: HealthEvent): void {
    const { id, severity } = finding;
    this.#insert.run(hostId, at, id, change, severity, sudden ? 1 : 0, JSON.stringify(finding));
    const written = (this.#written.get(hostId) ?? 0) + 1;
    this.#written.set(hostId, written % 1000);
    if (written >= 1000) this.#bound.run(hostId, hostId, maxPerHost - 1);
  }

  between({ hostId, from, to, limit }: HealthEventsRequest): HealthEvent[] {
    const rows = this.#between.all(hostId, from, to, limit);
    return rows.reverse().flatMap(({ at, change, sudden, told }): HealthEvent[] => {
      const finding = readFinding(told);
      return finding === null ? [] : [{ at, change, finding, sudden: sudden === 1 }];
    });
  }

  /** What stood at an instant; by all that there is where none is named. */
  standing(host: string, until = Number.MAX_SAFE_INTEGER): Standing[] {
    return this.#standing.all({ host, until }).flatMap(({ told, since }): Standing[] => {
      const finding = readFinding(told);
      return finding === null ? [] : [{ ...finding, since }];
    });
  }
}

/** Null for one that a later version wrote in another way. */
function readFinding(text: string): Finding | null {
  const read = findingSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}
