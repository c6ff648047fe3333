import type { EffectiveSetting, SettingValue } from '../../../contract/settings.ts';
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
  const { settings: all, problems } =
    wanted === null
      ? before
      : await client['settings.set']({ [wanted.key]: parseValue(wanted.text, before.settings, wanted.key) });
  const shown = wanted === null ? all : all.filter(({ key }) => key === wanted.key);
  if (json) for (const setting of shown) print(`${visibleJson(setting)}\n`);
  else print(formatTable(['SETTING', 'VALUE', 'FROM', 'ABOUT'], shown.map(row)));
  for (const problem of problems) process.stderr.write(`${visible(problemSentence(problem))}\n`);
};

function row({ key, value, unit, source, about }: EffectiveSetting): string[] {
  return [key, `${value} ${unit}`.trim(), source, about];
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
  const type = all.find((setting) => setting.key === key)?.range.type;
  if (type === 'switch' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'number' && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
