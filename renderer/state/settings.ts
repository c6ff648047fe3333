import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import type { Kind } from '../../main/contract/samples.ts';
import type { EffectiveSetting, SettingProblem, Settings, SettingValue } from '../../main/contract/settings.ts';
import { api, faultOf, link } from '../api/rackside.ts';
import { takeLimits } from './limits.ts';
import { adoptTheme } from './theme.ts';

interface SettingsState {
  /** Null until they have come. */
  readonly settings: Settings | null;
}

export const settingsStore = createStore<SettingsState>(() => ({ settings: null }));

/** Takes the settings, and puts the page into their theme and levels. */
export function takeSettings(settings: Settings): void {
  const values = new Map(settings.settings.map(({ key, value }) => [key, value]));
  settingsStore.setState({ settings });
  takeLimits(values, settings.own);
  adoptTheme(values.get('page.theme'));
}

/** Keeps the settings at the console's word until the signal aborts. */
export function watchSettings(signal: AbortSignal): void {
  void link.follow((client, streamSignal) => client['settings.watch']({}, streamSignal), signal, takeSettings);
}

/** Sets one, or gives it back to its default; null when that is done, else what kept it from being done. */
export async function changeSetting(key: string, value: SettingValue | null): Promise<Fault | null> {
  try {
    takeSettings(await api()['settings.set']({ [key]: value }));
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

/** Whose value a setting shows, and the way back from it. */
export interface SettingOrigin {
  /** Under which it is set. */
  readonly key: string;
  /** Where the value comes from. */
  readonly words: string;
  /** Whether it was set here, and can be given back. */
  readonly isSaid: boolean;
  /** What holds then, and the same as it stands below the words; null where these say it. */
  readonly back: string;
  readonly instead: string | null;
  /** What else is to be known of it; null where nothing is. */
  readonly note: string | null;
}

export function generalOrigin({ key, source, default: preset }: EffectiveSetting): SettingOrigin {
  const isSaid = source === 'file';
  return {
    key,
    words: isSaid ? `default ${String(preset)}` : 'default',
    isSaid,
    back: 'its default',
    instead: null,
    note: null,
  };
}

/** What a field holds, as the setting's own kind of value; text that is no number goes as it is and is refused. */
export function parseField(text: string, isNumber: boolean): SettingValue {
  const number = Number(text.trim().replace(',', '.'));
  return isNumber && text.trim() !== '' && Number.isFinite(number) ? number : text;
}

/** `Fast` of `intervals.fast_seconds`: the unit stands beside the value. */
export function settingName(key: string): string {
  const words = key
    .slice(key.indexOf('.') + 1)
    .replace(/_(seconds|hours|hour|days|mib)$/, '')
    .replaceAll('_', ' ')
    .replace(/^(?:cpu|gpu|hdd|ssd)\b/, (word) => word.toUpperCase());
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Problems of the file that stand at no setting. */
export function strayProblems({ settings, problems }: Settings): SettingProblem[] {
  return problems.filter(({ key }) => !settings.some((setting) => setting.key === key));
}

/** By default, until the settings have come. */
const usualSeconds: Readonly<Record<Kind, number>> = { fast: 30, medium: 300, slow: 1800, daily: 86_400 };

/** Seconds between samples of a kind, of hosts that nobody looks at. */
export function useKindSeconds(kind: Kind): number {
  const said = useSettings()?.settings.find(({ key }) => key === `intervals.${kind}_seconds`)?.value;
  return typeof said === 'number' ? said : usualSeconds[kind];
}

export function useSettings(): Settings | null {
  return useStore(settingsStore, ({ settings }) => settings);
}
