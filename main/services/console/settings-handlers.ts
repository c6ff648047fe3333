import type { SettingsService } from '../settings/settings.ts';
import type { HandlersOf } from './handlers.ts';

export function settingsHandlers(settings: SettingsService): HandlersOf<'settings'> {
  return {
    'settings.get': () => settings.view(),
    'settings.watch': (_input, signal) => settings.watch(signal),
    'settings.set': (changes) => settings.set(changes),
  };
}
