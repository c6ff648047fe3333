import { createStore, useStore } from 'zustand';
import type { HostView } from '../../main/contract/hosts.ts';
import type { EffectiveSetting, Settings } from '../../main/contract/settings.ts';
import {
  gatherOwn,
  noOwnThresholds,
  type OwnThresholds,
  ownKey,
  ownThreshold,
  type Scope,
  type ThresholdOrigin,
} from '../../main/domain/present/own-thresholds.ts';
import type { SettingOrigin } from './settings.ts';

/** Whose thresholds the settings show: null is those for all. */
const scopeStore = createStore<{ readonly scope: Scope | null }>(() => ({ scope: null }));

export function showThresholdsOf(scope: Scope | null): void {
  scopeStore.setState({ scope });
}

export function useScope(): Scope | null {
  return useStore(scopeStore, ({ scope }) => scope);
}

/** One that can be chosen, and how many thresholds of its own it has. */
export interface ScopeChoice extends Scope {
  readonly count: number;
  /** False for one that the file names and the fleet does not know. */
  readonly exists: boolean;
}

/** The groups and hosts of the fleet, and those that the file names besides, each in the order of their names. */
export function scopeChoices(views: readonly HostView[], own: Settings['own']): readonly ScopeChoice[] {
  const kept = views.filter(({ connection }) => connection.state !== 'replay');
  const known = {
    group: new Set(kept.flatMap(({ host }) => host.group ?? [])),
    host: new Set(kept.map(({ host }) => host.name)),
  };
  return (['group', 'host'] as const).flatMap((scope) => {
    const said = own.filter((one) => one.scope === scope).map(({ name }) => name);
    const names = [...new Set([...known[scope], ...said])].sort(byName.compare);
    return names.map((name) => ({
      ...{ scope, name, exists: known[scope].has(name) },
      count: said.filter((one) => one === name).length,
    }));
  });
}

const byName = new Intl.Collator('en', { numeric: true });

/** The group of the host of that name. */
export function groupOf(name: string, views: readonly HostView[]): string | null {
  return views.find(({ host }) => host.name === name)?.host.group ?? null;
}

/** A threshold as it holds for a group or host: its value, whose that is, and what would hold without one of its own. */
export function ownSetting(
  setting: EffectiveSetting,
  { own, settings }: Pick<Settings, 'own' | 'settings'>,
  scope: Scope,
  group: string | null,
): { readonly setting: EffectiveSetting; readonly origin: SettingOrigin } {
  const gathered = gatherOwn(own);
  const host = scope.scope === 'host' ? { name: scope.name, group } : { name: '', group: scope.name };
  const of = (all: OwnThresholds, { key, source, value, default: fallback }: EffectiveSetting) =>
    ownThreshold(all, host, key, source === 'file' ? Number(value) : null, Number(fallback));
  const { value, origin } = of(gathered, setting);
  const inherited = of(scope.scope === 'host' ? { ...gathered, hosts: new Map() } : noOwnThresholds, setting);
  const upper = settings.find(({ key }) => key === setting.key.replace(/_warn$/, '_bad')) ?? setting;
  const bound = of(gathered, upper).value;
  const isSaid = origin === scope.scope;
  const backTo = `${inherited.value}, ${originWords(inherited.origin, scope, group)}`;
  return {
    setting: { ...setting, value },
    origin: {
      key: ownKey(scope, setting.key),
      words: originWords(origin, scope, group),
      isSaid,
      back: backTo,
      instead: isSaid ? `else ${backTo}` : null,
      note: value > bound ? `The upper one holds, ${bound}: it lies below.` : null,
    },
  };
}

function originWords(origin: ThresholdOrigin, { scope, name }: Scope, group: string | null): string {
  if (origin === 'host') return `host ${name}`;
  if (origin === 'group') return `group ${scope === 'group' ? name : group}`;
  return origin === 'settings' ? 'for all hosts' : 'default';
}
