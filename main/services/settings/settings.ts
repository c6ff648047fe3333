import { randomUUID } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import type { Setting, SettingChanges, SettingProblem, Settings, SettingValue } from '../../contract/settings.ts';
import { listOwn, noOwnThresholds, parseOwnKey, type Scope } from '../../domain/present/own-thresholds.ts';
import { problemSentence } from '../../domain/present/setting-words.ts';
import { problemOf, resolve } from '../../domain/settings/resolve.ts';
import { findSetting } from '../../domain/settings/setting-list.ts';
import { firstText, withSetting } from '../../domain/settings/settings-text.ts';
import { Settled } from '../../domain/settings/settled.ts';
import { type ReadSettings, readSettings } from './read-settings.ts';

export interface SettingsOptions {
  /** `settings.toml`; made with mode 0600 when it is not there. */
  readonly file: string;
  readonly dataFolder: Settings['dataFolder'];
}

export interface SettingsService {
  /** What holds now. */
  readonly current: Settled;
  /** What is wrong with the file, in sentences. */
  warnings(): string[];
  view(): Settings;
  watch(signal: AbortSignal): AsyncIterable<Settings>;
  /** Writes changes into the file, all of them or none; throws `bad_input` with the reason. */
  set(changes: SettingChanges): Promise<Settings>;
  /** `listener` is called after each change, by whomever. */
  onChange(listener: (settled: Settled) => void): void;
  close(): void;
}

/** The file is looked at this often: it may be edited by hand, replaced, or be a link to somewhere else. */
const lookEveryMs = 1000;
const maxBytes = 256 * 1024;

/** Opens the settings. A file that cannot be read or written is told, and never stops the start. */
export async function openSettings({ file, dataFolder }: SettingsOptions): Promise<SettingsService> {
  const latest = createLatest<Settings>();
  const listeners: ((settled: Settled) => void)[] = [];
  let resolved: ReadSettings = { ...resolve(new Map(), () => null), own: noOwnThresholds };
  let current = new Settled(resolved.settings);
  let last: string | null = null;
  let reading: Promise<void> = Promise.resolve();

  const view = (): Settings => {
    const { settings, problems, own } = resolved;
    return { file, dataFolder, settings: [...settings], own: listOwn(own), problems: [...problems] };
  };

  function take(next: ReadSettings): void {
    resolved = next;
    current = new Settled(next.settings, next.own);
    latest.set(view());
    for (const listener of listeners) listener(current);
  }

  /** What the file says now; the same text again is no news. */
  async function read(): Promise<void> {
    const text = await readText(file).catch((error: unknown) => error as Error);
    if (text instanceof Error) {
      last = null;
      take({ ...resolve(new Map(), () => null, [unreadable(text)]), own: noOwnThresholds });
    } else if (text !== last) {
      last = text;
      take(readSettings(text));
    }
  }

  /** One after the other, so that the newest text is the one that stays. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = reading.then(work);
    reading = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  await writeFile(file, firstText(), { mode: 0o600, flag: 'wx' }).catch(() => {});
  await read();
  const look = () => void inTurn(read);
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);

  return {
    get current() {
      return current;
    },
    warnings: () => resolved.problems.map(problemSentence),
    view,
    watch: (signal) => latest.watch(signal),
    set: (changes) =>
      inTurn(async () => {
        const wanted = known(changes);
        const before = await readText(file).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return firstText();
          throw new FaultError('not_permitted', 'settings', unreadable(error).message, { cause: error });
        });
        const text = withChanges(before, wanted);
        await replaceFile(file, text);
        await read();
        return view();
      }),
    onChange: (listener) => void listeners.push(listener),
    close: () => {
      unwatchFile(file, look);
      latest.end();
    },
  };
}

/** One change: of a setting, or of a threshold of one group or host. */
interface Change {
  readonly key: string;
  readonly setting: Setting;
  readonly of: Scope | null;
  readonly value: SettingValue | null;
}

/** Refuses what is not a setting, or not a value that it can have. */
function known(changes: SettingChanges): Change[] {
  return Object.entries(changes).map(([key, value]) => {
    const own = parseOwnKey(key);
    const setting = findSetting(own?.key ?? key);
    if (setting === undefined) throw refusal(`There is no setting ${key}.`);
    const problem = value === null ? null : problemOf(setting, value);
    if (problem !== null) throw refusal(`${key} ${problem}`);
    return { key, setting, of: own, value };
  });
}

/** The text with these changes; it is read again before it is written, because a person may have written it in any way. */
function withChanges(before: string, changes: readonly Change[]): string {
  let text = before;
  for (const { setting, value, of } of changes) text = withSetting(text, setting, value, of);
  const after = readSettings(text);
  for (const { key, setting, of, value } of changes) {
    const now = after.settings.find((one) => one.key === setting.key);
    if (of === null && now?.refused != null) throw refusal(`${key} ${now.refused}`);
    const general = now?.source === 'file' ? now.value : null;
    const said = of === null ? general : (ownOf(after, of).get(setting.key) ?? null);
    if (said !== value)
      throw refusal(`${key} stands in settings.toml in a way that only a person can change: edit the file.`);
    if (of !== null) assertInOrder(ownOf(after, of), key, setting.key);
  }
  return text;
}

function ownOf({ own }: ReadSettings, { scope, name }: Scope): ReadonlyMap<string, number> {
  return (scope === 'group' ? own.groups : own.hosts).get(name) ?? new Map();
}

/** Where a group or host says both thresholds of a measure. */
function assertInOrder(own: ReadonlyMap<string, number>, key: string, name: string): void {
  const [warn, bad] = ['warn', 'bad'].map((level) => own.get(name.replace(/_(warn|bad)$/, `_${level}`)));
  if (warn === undefined || bad === undefined || warn <= bad) return;
  throw refusal(`${key} would have the lower threshold (${warn}) above the upper one (${bad}).`);
}

function refusal(message: string): FaultError {
  return new FaultError('bad_input', 'settings', message);
}

async function readText(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > maxBytes) throw new Error(`it is longer than ${maxBytes / 1024} KiB`);
  return await readFile(file, 'utf8');
}

function unreadable(error: Error): SettingProblem {
  return { key: null, line: null, message: `it cannot be read, so the defaults hold: ${error.message}.` };
}

/** In one step, so that nobody reads half of it. Where it is a link, what it points to is replaced. */
async function replaceFile(file: string, text: string): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const temporary = `${target}.${randomUUID()}`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flush: true });
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new FaultError('not_permitted', 'settings', `settings.toml cannot be written: ${reason}.`, { cause: error });
  }
}
