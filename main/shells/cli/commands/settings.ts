import type { EffectiveSetting, Settings, SettingValue } from '../../../contract/settings.ts';
import { ownKey, parseOwnKey } from '../../../domain/present/own-thresholds.ts';
import { problemSentence } from '../../../domain/present/setting-words.ts';
import { visible, visibleJson } from '../../../domain/present/words.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';
import { UsageError } from '../usage.ts';

/** Prints every setting, or sets one. */
export const settings: Command = async ({ arguments: { operands, json }, open, print }) => {
  const wanted = parseOperands(operands);
  const client = await open();
  const before = await client['settings.get']({});
  const {
    settings: all,
    own,
    problems,
  } = wanted === null
    ? before
    : await client['settings.set']({ [wanted.key]: parseValue(wanted.text, before.settings, wanted.key) });
  const said = [...all, ...ownSettings(all, own)];
  const shown = wanted === null ? said : said.filter(({ key }) => key === wanted.key);
  if (json) for (const setting of shown) print(`${visibleJson(setting)}\n`);
  else print(formatTable(['SETTING', 'VALUE', 'FROM', 'ABOUT'], shown.map(row)));
  for (const problem of problems) process.stderr.write(`${visible(problemSentence(problem))}\n`);
};

/** Thresholds of groups and hosts, as settings of their own. */
function ownSettings(all: readonly EffectiveSetting[], own: Settings['own']): EffectiveSetting[] {
  return own.flatMap(({ scope, name, key, value }) => {
    const setting = all.find((one) => one.key === key);
    return setting === undefined ? [] : [{ ...setting, key: ownKey({ scope, name }, key), value, source: 'file' }];
  });
}

function row({ key, value, unit, source, about }: EffectiveSetting): string[] {
  return [visible(key, 120), `${value} ${unit}`.trim(), source, about];
}

function parseOperands(operands: readonly string[]): { key: string; text: string } | null {
  const [verb, key, text, ...rest] = operands;
  if (verb === undefined) return null;
  if (verb === 'set' && key !== undefined && text !== undefined && rest.length === 0) return { key, text };
  throw new UsageError('settings takes nothing, or set KEY VALUE.');
}

/** As the setting's own kind of value; what does not fit goes as it is, and is refused with the reason. */
function parseValue(text: string, all: readonly EffectiveSetting[], key: string): SettingValue | null {
  if (text === 'default') return null;
  const general = parseOwnKey(key)?.key ?? key;
  const type = all.find((setting) => setting.key === general)?.range.type;
  if (type === 'switch' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
