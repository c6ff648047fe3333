import { parse, TomlError } from 'smol-toml';
import type { SettingProblem } from '../../contract/settings.ts';
import { noOwnThresholds, type OwnThresholds } from '../../domain/present/own-thresholds.ts';
import { readOwnThresholds } from '../../domain/settings/read-own-thresholds.ts';
import { type Resolved, resolve } from '../../domain/settings/resolve.ts';
import { keyAt, lineOf } from '../../domain/settings/settings-text.ts';

/** A file with more broken lines than this is not one of ours. */
const maxBroken = 20;

/** What a file says: the settings for all, and thresholds of groups and hosts. */
export interface ReadSettings extends Resolved {
  readonly own: OwnThresholds;
}

/**
 * What a `settings.toml` says. A line that is no TOML is told and left out, so that it costs its own key only; with the
 * head of a section goes all of it, because its lines would count for the section before, and for another host.
 */
export function readSettings(text: string): ReadSettings {
  const problems: SettingProblem[] = [];
  const lines = text.split('\n');
  for (;;) {
    try {
      const { group, host, ...general } = parse(lines.join('\n'));
      const own = readOwnThresholds({ group, host }, (key) => lineOf(text, key), problems);
      return { ...resolve(flatten(general), (key) => lineOf(text, key), problems), own };
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      // At the end of the file, and behind a line that never ends, the parser stands past what is wrong.
      const line = brokenLine(lines, error.line);
      const end = isHead(lines[line - 1]) ? endOfSection(lines, line) : line;
      const what = end === line ? 'cannot be read' : 'cannot be read, and is left out with what stands below it';
      const message = `${what}: ${error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '')}.`;
      problems.push({ key: keyAt(text, line), line, message });
      if (problems.length > maxBroken || lines[line - 1] === '') {
        return { ...resolve(new Map(), () => null, problems), own: noOwnThresholds };
      }
      lines.fill('', line - 1, end);
    }
  }
}

function brokenLine(lines: readonly string[], told: number): number {
  let line = Math.min(Math.max(told, 1), lines.length);
  while (line > 1 && (lines[line - 1] ?? '').trim() === '') line -= 1;
  return line;
}

function isHead(line: string | undefined): boolean {
  return line?.trimStart().startsWith('[') === true;
}

/** How many lines there are up to the next section. */
function endOfSection(lines: readonly string[], head: number): number {
  const next = lines.findIndex((line, index) => index >= head && isHead(line));
  return next < 0 ? lines.length : next;
}

/** `section.name` and what stands there; a table in a section is no setting, and told as one that does not exist. */
function flatten(table: Record<string, unknown>): Map<string, unknown> {
  const said = new Map<string, unknown>();
  for (const [section, value] of Object.entries(table)) {
    if (!isTable(value)) said.set(section, value);
    else for (const [name, own] of Object.entries(value)) said.set(`${section}.${name}`, own);
  }
  return said;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
