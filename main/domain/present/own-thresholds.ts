import type { Host } from '../../contract/hosts.ts';
import type { OwnThreshold } from '../../contract/settings.ts';
import { defaultThresholds, type Limits, type Measure, thresholdKey } from './levels.ts';

/**
 * Thresholds of one group or one host, by its name and then by their key. What a host says counts before what its group
 * says, and that before what is said for all.
 */
export interface OwnThresholds {
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly hosts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Whose thresholds: of one group, or of one host. */
export type Scope = Pick<OwnThreshold, 'scope' | 'name'>;

type Named = Pick<Host, 'name' | 'group'>;

export const noOwnThresholds: OwnThresholds = { groups: new Map(), hosts: new Map() };

/** As they are told. */
export function listOwn({ groups, hosts }: OwnThresholds): OwnThreshold[] {
  const list = (scope: OwnThreshold['scope'], all: OwnThresholds['hosts']) =>
    [...all].flatMap(([name, values]) => [...values].map(([key, value]) => ({ scope, name, key, value })));
  return [...list('group', groups), ...list('host', hosts)];
}

/** The same, as they are asked. */
export function gatherOwn(told: readonly OwnThreshold[]): OwnThresholds {
  const gather = (wanted: OwnThreshold['scope']) => {
    const all = new Map<string, Map<string, number>>();
    for (const { scope, name, key, value } of told) {
      if (scope !== wanted) continue;
      const values = all.get(name) ?? new Map<string, number>();
      all.set(name, values.set(key, value));
    }
    return all;
  };
  return { groups: gather('group'), hosts: gather('host') };
}

/** `host.web.lan.thresholds.cpu_warn`: a name may have dots, so it ends at the last `.thresholds.`. */
export function ownKey({ scope, name }: Scope, key: string): string {
  return `${scope}.${name}.${key}`;
}

/** Whose threshold such a key is, and its key among the settings; null for any other key. */
export function parseOwnKey(text: string): (Scope & { readonly key: string }) | null {
  const [, scope, name, key] = /^(group|host)\.(.+)\.(thresholds\.[^.]+)$/s.exec(text) ?? [];
  if (scope === undefined || name === undefined || key === undefined) return null;
  return { scope: scope === 'group' ? 'group' : 'host', name, key };
}

export type ThresholdOrigin = 'default' | 'settings' | 'group' | 'host';

/** The value of a threshold for a host, and who said it. `general` is the value for all, null where it is the default. */
export function ownThreshold(
  { groups, hosts }: OwnThresholds,
  { name, group }: Named,
  key: string,
  general: number | null,
  fallback: number,
): { readonly value: number; readonly origin: ThresholdOrigin } {
  const ofHost = hosts.get(name)?.get(key);
  if (ofHost !== undefined) return { value: ofHost, origin: 'host' };
  const ofGroup = group === null ? undefined : groups.get(group)?.get(key);
  if (ofGroup !== undefined) return { value: ofGroup, origin: 'group' };
  return general === null ? { value: fallback, origin: 'default' } : { value: general, origin: 'settings' };
}

/** All thresholds of a host. Where, of two scopes, the lower one lies above the upper one, both are the upper one. */
function limitsFor(own: OwnThresholds, host: Named, general: (key: string) => number | null): Limits {
  const limits = Object.entries(defaultThresholds).map(([measure, preset]) => {
    const value = (level: 'warn' | 'bad') => {
      const key = thresholdKey(measure as Measure, level);
      return ownThreshold(own, host, key, general(key), preset[level]).value;
    };
    const bad = value('bad');
    return [measure, { warn: Math.min(value('warn'), bad), bad }];
  });
  return Object.fromEntries(limits) as Limits;
}

/** The thresholds of any host: those without any of their own, and those that share them, get the same object. */
export function createLimits(own: OwnThresholds, general: (key: string) => number | null): (host: Named) => Limits {
  const { groups, hosts } = own;
  const known = new Map<string, Limits>();
  return (host) => {
    const { name, group } = host;
    const scope = JSON.stringify([group !== null && groups.has(group) ? group : null, hosts.has(name) ? name : null]);
    const limits = known.get(scope) ?? limitsFor(own, host, general);
    known.set(scope, limits);
    return limits;
  };
}
