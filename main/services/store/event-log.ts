import type { HealthChange, HealthEvent } from '../../contract/health.ts';
import type { HealthEventsRequest } from '../../contract/health-calls.ts';
import type { Connection } from './database.ts';

/** An event as it is kept: its finding as it was told, in JSON (`told-findings.ts`). */
export interface KeptEvent {
  readonly at: number;
  readonly change: HealthChange;
  readonly sudden: 0 | 1;
  readonly told: string;
}

/** What stood, and since when. */
export type KeptStanding = Pick<KeptEvent, 'told'> & { readonly since: number };

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
    this.#between = database.prepare<[string, number, number, number], KeptEvent>(
      'select at, change, sudden, told from event where host = ? and at >= ? and at < ? order by at desc, finding desc limit ?',
    );
    this.#standing = database.prepare<{ host: string; until: number }, KeptStanding>(`
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

  between({ hostId, from, to, limit }: HealthEventsRequest): KeptEvent[] {
    return this.#between.all(hostId, from, to, limit).reverse();
  }

  /** What stood at an instant; by all that there is where none is named. */
  standing(host: string, until = Number.MAX_SAFE_INTEGER): KeptStanding[] {
    return this.#standing.all({ host, until });
  }
}
