import type { EffectiveSetting } from '../../main/contract/settings.ts';
import { settingName } from './settings.ts';

/** Whether each word that was typed is in what a setting is called here, or in the file, or in what it says of itself. */
export function matchesSetting({ key, about, unit }: EffectiveSetting, section: string, filter: string): boolean {
  const text = `${section} ${settingName(key)} ${key} ${about} ${unit ?? ''}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
