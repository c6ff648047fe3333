import type { SettingProblem } from '../../contract/settings.ts';

/** `settings.toml, line 3: intervals.fast_seconds must be …`. */
export function problemSentence({ key, line, message }: SettingProblem): string {
  const where = line === null ? 'settings.toml' : `settings.toml, line ${line}`;
  return `${where}: ${key === null ? '' : `${key} `}${message}`;
}
