import type { Host } from '../../contract/hosts.ts';
import type { EffectiveSetting, SettingValue } from '../../contract/settings.ts';
import type { AlertWishes } from '../policy/alerts.ts';
import type { Cadence } from '../policy/cadence.ts';
import type { DumpBounds, RingBounds } from '../policy/capture-bounds.ts';
import type { FlightWish } from '../policy/flights.ts';
import type { Retention } from '../policy/retention.ts';
import type { Limits } from '../present/levels.ts';
import { createLimits, noOwnThresholds, type OwnThresholds } from '../present/own-thresholds.ts';

/** The settings that hold, as those who need them take them. */
export class Settled {
  readonly #values: ReadonlyMap<string, SettingValue>;
  /** From where on a value of that host is worth a look, and trouble. */
  readonly limitsOf: (host: Pick<Host, 'name' | 'group'>) => Limits;

  constructor(settings: readonly Pick<EffectiveSetting, 'key' | 'value'>[], own: OwnThresholds = noOwnThresholds) {
    this.#values = new Map(settings.map(({ key, value }) => [key, value]));
    this.limitsOf = createLimits(own, (key) => this.#number(key));
  }

  get cadence(): Cadence {
    return {
      fast: this.#number('intervals.fast_seconds'),
      medium: this.#number('intervals.medium_seconds'),
      slow: this.#number('intervals.slow_seconds'),
      daily: this.#number('intervals.daily_seconds'),
      watched: this.#number('intervals.watched_seconds'),
    };
  }

  get retention(): Retention {
    return {
      denseDays: this.#number('retention.dense_hours') / 24,
      sampleDays: this.#number('retention.sample_days'),
      rollupDays: this.#number('retention.rollup_days'),
      maxBytes: this.#number('retention.database_mib') * 2 ** 20,
    };
  }

  get ringBounds(): RingBounds {
    return {
      minutes: this.#number('recording.ring_minutes'),
      bytes: this.#number('recording.ring_per_host_mib') * 2 ** 20,
      bytesInAll: this.#number('recording.ring_in_all_mib') * 2 ** 20,
    };
  }

  get flightWish(): FlightWish {
    return this.#values.get('recording.flight_recorder') as FlightWish;
  }

  get dumpBounds(): DumpBounds {
    return {
      bytes: this.#number('recording.one_dump_mib') * 2 ** 20,
      bytesInAll: this.#number('recording.all_dumps_mib') * 2 ** 20,
    };
  }

  get alertWishes(): AlertWishes {
    return {
      about: this.#values.get('notifications.about') as AlertWishes['about'],
      quietFrom: this.#number('notifications.quiet_from_hour'),
      quietUntil: this.#number('notifications.quiet_until_hour'),
    };
  }

  /** Command lines of processes are dropped. */
  get namesOnly(): boolean {
    return this.#values.get('processes.names_only') === true;
  }

  /** Where keys of hosts are written that the technician trusts. */
  get knownHosts(): 'own' | 'user' {
    return this.#values.get('ssh.known_hosts') === 'user' ? 'user' : 'own';
  }

  #number(key: string): number {
    return this.#values.get(key) as number;
  }
}
