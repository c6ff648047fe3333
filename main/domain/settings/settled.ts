import type { EffectiveSetting, SettingValue } from '../../contract/settings.ts';
import type { Cadence } from '../policy/cadence.ts';
import type { DumpBounds, RingBounds } from '../policy/capture-bounds.ts';
import type { Retention } from '../policy/retention.ts';

/** The settings that hold, as those who need them take them. */
export class Settled {
  readonly #values: ReadonlyMap<string, SettingValue>;

  constructor(settings: readonly Pick<EffectiveSetting, 'key' | 'value'>[]) {
    this.#values = new Map(settings.map(({ key, value }) => [key, value]));
  }

  get cadence(): Cadence {
    return {
      fast: this.#number('intervals.fast_seconds'),
      medium: this.#number('intervals.medium_seconds'),
      slow: this.#number('intervals.slow_seconds'),
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

  get dumpBounds(): DumpBounds {
    return {
      bytes: this.#number('recording.one_dump_mib') * 2 ** 20,
      bytesInAll: this.#number('recording.all_dumps_mib') * 2 ** 20,
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
