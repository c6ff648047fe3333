import type { Setting, SettingValue } from '../../contract/settings.ts';
import { settingList } from './setting-list.ts';

/** `settings.toml` as lines: which line says what, and how to change one of them and leave all others as they are. */

/** A file with every setting at its default, commented out: what nobody chose follows a later default. */
export function firstText(): string {
  const lines = [
    '# Settings of Rackside. Take away the # before a line to change it; changes hold as soon as this file is saved.',
  ];
  let section = '';
  for (const setting of settingList) {
    const [own, name] = parts(setting.key);
    if (own !== section) lines.push('', `[${own}]`);
    section = own;
    lines.push(`# ${setting.about}${rangeWords(setting)}`, `# ${name} = ${literal(setting.default)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The line that sets a key, counted from 1; null where none does. */
export function lineOf(text: string, key: string): number | null {
  const index = keysByLine(text).findIndex((own) => own !== null && (own === key || key.startsWith(`${own}.`)));
  return index < 0 ? null : index + 1;
}

/** The key that a line, counted from 1, sets or was meant to set; null where it is no such line. */
export function keyAt(text: string, line: number): string | null {
  return keysByLine(text)[line - 1] ?? null;
}

/** The same text with one setting changed; null gives its line back as a comment with the default. */
export function withSetting(text: string, setting: Setting, value: SettingValue | null): string {
  const [section, name] = parts(setting.key);
  const lines = text.split('\n');
  const end = lines.some((line) => line.endsWith('\r')) ? '\r' : '';
  const wanted = value === null ? `# ${name} = ${literal(setting.default)}` : `${name} = ${literal(value)}`;
  const at = keysByLine(text).indexOf(setting.key);
  if (at >= 0) {
    // What stands before a dotted key at the top of the file must stay, and so must a comment behind the value.
    const [, lead = '', left = name, note = ''] = assignment.exec(lines[at] ?? '') ?? [];
    const comment = value === null ? '# ' : '';
    lines[at] = `${lead}${comment}${left.trim()} = ${literal(value ?? setting.default)}${note}${end}`;
    return lines.join('\n');
  }
  if (value === null) return text;
  const head = lines.findIndex((line) => sectionOf(line) === section);
  if (head < 0) return `${text.replace(/\s*$/, '')}${end}\n${end}\n[${section}]${end}\n${wanted}${end}\n`.trimStart();
  const next = lines.findIndex((line, index) => index > head && sectionOf(line) !== null);
  const own = lines.slice(head + 1, next < 0 ? undefined : next);
  const comment = own.findIndex((line) => new RegExp(`^\\s*#\\s*${name}\\s*=`).test(line));
  if (comment >= 0) lines[head + 1 + comment] = `${wanted}${end}`;
  else lines.splice(head + 1, 0, `${wanted}${end}`);
  return lines.join('\n');
}

export function literal(value: SettingValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Indentation, the key, its value, and a comment behind it. */
const assignment = /^(\s*)([A-Za-z0-9_.\-"' ]+?)\s*=(?:\s*(?:"[^"]*"|'[^']*'|[^#"']*?))?(\s*#.*?)?\r?$/;

function keysByLine(text: string): (string | null)[] {
  let section = '';
  return text.split('\n').map((line) => {
    const own = sectionOf(line);
    if (own !== null) {
      section = own;
      return null;
    }
    const key = /^\s*([A-Za-z0-9_.\-"' ]+?)\s*(=|$)/.exec(line.replace(/\r$/, ''))?.[1]?.replace(/["' ]/g, '') ?? '';
    if (key === '') return null;
    return section === '' ? key : `${section}.${key}`;
  });
}

function sectionOf(line: string): string | null {
  return /^\s*\[\s*([A-Za-z0-9_.\-"' ]+?)\s*\]?\s*(#.*)?\r?$/.exec(line)?.[1]?.replace(/["' ]/g, '') ?? null;
}

function parts(key: string): [section: string, name: string] {
  const dot = key.indexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)];
}

function rangeWords({ range, unit }: Setting): string {
  if (range.type === 'choice') return ` One of ${range.choices.join(', ')}.`;
  if (range.type === 'switch') return '';
  return unit === '' ? '' : ` ${range.least} to ${range.most} ${unit}.`;
}
