import { createStore, useStore } from 'zustand';
import type { Fault } from '../../main/contract/faults.ts';
import type { SettingProblem, Settings, SettingValue } from '../../main/contract/settings.ts';
import { api, faultOf, link } from '../api/rackside.ts';
import { adoptTheme } from './theme.ts';

/** Null until they have come. */
export const settingsStore = createStore<{ settings: Settings | null }>(() => ({ settings: null }));

/** Keeps the settings at the console's word until the signal aborts, and the page in their theme. */
export function watchSettings(signal: AbortSignal): void {
  void link.follow(
    (client, streamSignal) => client['settings.watch']({}, streamSignal),
    signal,
    (settings) => {
      settingsStore.setState({ settings });
      adoptTheme(settings.settings.find(({ key }) => key === 'page.theme')?.value);
    },
  );
}

/** Sets one, or gives it back to its default; null when that is done, else what kept it from being done. */
export async function changeSetting(key: string, value: SettingValue | null): Promise<Fault | null> {
  try {
    settingsStore.setState({ settings: await api()['settings.set']({ [key]: value }) });
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

/** What a field holds, as the setting's own kind of value; text that is no number goes as it is and is refused. */
export function parseField(text: string, isNumber: boolean): SettingValue {
  const number = Number(text.trim().replace(',', '.'));
  return isNumber && text.trim() !== '' && Number.isFinite(number) ? number : text;
}

/** `fast seconds` of `intervals.fast_seconds`. */
export function settingName(key: string): string {
  return key.slice(key.indexOf('.') + 1).replaceAll('_', ' ');
}

/** Problems of the file that stand at no setting. */
export function strayProblems({ settings, problems }: Settings): SettingProblem[] {
  return problems.filter(({ key }) => !settings.some((setting) => setting.key === key));
}

export function useSettings(): Settings | null {
  return useStore(settingsStore, ({ settings }) => settings);
}
