import type { Setting, SettingValue } from '../../contract/settings.ts';
import { ownKey, type Scope } from '../present/own-thresholds.ts';
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
  lines.push('', '# Thresholds of one group or host count before those for all:', ...ownExample, '');
  return lines.join('\n');
}

const ownExample = ['# [host."web.lan".thresholds]', '# cpu_warn = 60'];

/** The line that sets a key, or that begins a section of its name, counted from 1; null where none does. */
export function lineOf(text: string, key: string): number | null {
  const sets = keysByLine(text).findIndex((own) => own !== null && (own === key || key.startsWith(`${own}.`)));
  const index = sets < 0 ? text.split('\n').findIndex((line) => sectionOf(line) === key) : sets;
  return index < 0 ? null : index + 1;
}

/** The key, or the section, that a line, counted from 1, sets or was meant to set; null where it is no such line. */
export function keyAt(text: string, line: number): string | null {
  return keysByLine(text)[line - 1] ?? sectionOf(text.split('\n')[line - 1] ?? '');
}

/**
 * The same text with one setting changed, or one threshold of a group or host; null gives its line back: as a comment with
 * the default, and of a group or host not at all.
 */
export function withSetting(
  text: string,
  setting: Setting,
  value: SettingValue | null,
  of: Scope | null = null,
): string {
  const [own, name] = parts(setting.key);
  const section = of === null ? own : ownKey(of, own);
  const lines = text.split('\n');
  const end = lines.some((line) => line.endsWith('\r')) ? '\r' : '';
  const at = keysByLine(text).indexOf(`${section}.${name}`);
  if (at >= 0 && of !== null && value === null) return withoutLine(lines, at).join('\n');
  if (at >= 0) {
    // What stands before a dotted key at the top of the file must stay, and so must a comment behind the value.
    const [, lead = '', left = name, note = ''] = assignment.exec(lines[at] ?? '') ?? [];
    const comment = value === null ? '# ' : '';
    lines[at] = `${lead}${comment}${left.trim()} = ${literal(value ?? setting.default)}${note}${end}`;
    return lines.join('\n');
  }
  if (value === null) return text;
  const wanted = `${name} = ${literal(value)}${end}`;
  const head = lines.findIndex((line) => sectionOf(line) === section);
  if (head < 0) {
    const title = of === null ? own : `${of.scope}.${literal(of.name)}.${own}`;
    return `${text.replace(/\s*$/, '')}${end}\n${end}\n[${title}]${end}\n${wanted}\n`.trimStart();
  }
  const comment = lines
    .slice(head + 1, endOf(lines, head))
    .findIndex((line) => new RegExp(`^\\s*#\\s*${name}\\s*=`).test(line));
  if (comment >= 0) lines[head + 1 + comment] = wanted;
  else lines.splice(head + 1, 0, wanted);
  return lines.join('\n');
}

/** The line goes, and with the last one of its section the section's head. */
function withoutLine(lines: readonly string[], at: number): string[] {
  const rest = lines.toSpliced(at, 1);
  const head = rest.findLastIndex((line, index) => index < at && sectionOf(line) !== null);
  const next = endOf(rest, head);
  if (head < 0 || rest.slice(head + 1, next).some((line) => line.trim() !== '')) return rest;
  // The last line is what stands behind the last line feed.
  const before = rest.slice(0, head).join('\n').trimEnd().split('\n');
  return [...before, ...(next === rest.length ? [''] : ['', ...rest.slice(next)])];
}

/** Where the section ends that begins in that line: at the next one, or with the text. */
function endOf(lines: readonly string[], head: number): number {
  const next = lines.findIndex((line, index) => index > head && sectionOf(line) !== null);
  return next < 0 ? lines.length : next;
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
    const read = readKey(line.replace(/\r$/, ''), 0);
    // Many write a colon, as YAML wants it.
    if (read === null || !/^([=:]|$)/.test(read.rest)) return null;
    return section === '' ? read.key : `${section}.${read.key}`;
  });
}

function sectionOf(line: string): string | null {
  const head = /^\s*\[\[?/.exec(line);
  const read = head === null ? null : readKey(line, head[0].length);
  return read !== null && /^\]{0,2}\s*(#.*)?\r?$/.test(read.rest) ? read.key : null;
}

/** A dotted key of TOML, its quotes taken away, and what follows; null where none stands. https://toml.io/en/v1.0.0#keys */
function readKey(line: string, from: number): { readonly key: string; readonly rest: string } | null {
  const part = /\s*(?:([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(\.?)/y;
  const names: string[] = [];
  let at = from;
  for (let more = true; more; ) {
    part.lastIndex = at;
    const [whole, bare, quoted, plain, dot] = part.exec(line) ?? [];
    if (whole === undefined) return null;
    names.push(bare ?? plain ?? unquoted(quoted ?? ''));
    at += whole.length;
    more = dot === '.';
  }
  return { key: names.join('.'), rest: line.slice(at) };
}

/** Escapes of TOML that are none of JSON are left as they are: no name of ours has them. */
function unquoted(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
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
