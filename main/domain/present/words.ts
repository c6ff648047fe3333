import type { Fault } from '../../contract/faults.ts';
import type { GapCause } from '../../contract/history.ts';
import type { Connection, ConnectStep, Target } from '../../contract/hosts.ts';
import type { SampleData } from '../../contract/samples.ts';
import { formatDuration } from './units.ts';

/**
 * Controls, line ends, what changes the direction of text, what has no width, and halves of surrogate pairs: all
 * that could make a name from a host look like something else, or break a line or a terminal.
 */
const invisible = /[\p{Control}\p{Format}\p{Surrogate}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const named = short[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** Text from a host made safe to look at: one line, every unseen character an escape (`\x1b`, `\u202e`), at most `limit` characters. */
export function visible(text: string, limit = 4096): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  const seen = cut.replace(invisible, escaped);
  if (seen.length <= limit && cut === text) return seen;
  return `${seen.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A value as one line of JSON in which every unseen character is an escape: for a terminal, and the same for a parser. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value).replace(invisible, (character) =>
    [...Array(character.length).keys()]
      .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** Like `visible`, for output of many lines: line ends and tabs stay what they are. */
export function visibleLines(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(invisible, (character) => {
    return character === '\n' || character === '\t' ? character : escaped(character);
  });
}

/** The steps of a connection in their order, in words that say what is being done. */
export const stepWords: Readonly<Record<ConnectStep, string>> = {
  dns: 'Look up the name',
  tcp: 'Open a connection',
  'key exchange': 'Agree on encryption',
  'host key': 'Check the host key',
  authentication: 'Sign in',
  channel: 'Open a channel',
  program: 'Start the collectors',
  'first sample': 'Wait for the first sample',
};

export const gapWords: Readonly<Record<GapCause, string>> = {
  asleep: 'this computer was asleep',
  unreachable: 'host unreachable',
  auth_failed: 'sign-in failed',
  timed_out: 'a command timed out',
  rebooted: 'host rebooted',
  not_watched: 'not watched',
};

export interface ConnectionWords {
  /** One or two words for the state. */
  readonly word: string;
  /** What a technician should know beyond it; null where the word says it all. */
  readonly sentence: string | null;
  /** When it goes on by itself: `tries again in 12 s`; null where it does not, or does so at once. */
  readonly next: string | null;
}

/** What Rackside does about a host right now, in words; `now` by the console's clock, for the countdown. */
export function connectionWords(connection: Connection, now: number): ConnectionWords {
  switch (connection.state) {
    case 'live':
      return { word: 'Live', sentence: null, next: null };
    case 'replay':
      return { word: 'Replay', sentence: null, next: null };
    case 'connecting':
      return { word: 'Connecting', sentence: stepSentence(connection), next: null };
    case 'asking':
      return { word: 'Needs you', sentence: questionWords(connection.question), next: null };
    case 'waiting':
      return { word: 'Waiting', sentence: connection.fault.message, next: retryWords(connection.retryAt, now) };
    case 'stopped':
      if (connection.fault === null) return { word: 'Disconnected', sentence: null, next: null };
      return { word: 'Stopped', sentence: connection.fault.message, next: null };
  }
}

function stepSentence({ step, hop }: Extract<Connection, { state: 'connecting' }>): string {
  return hop === null ? `${stepWords[step]} …` : `${stepWords[step]}, at ${visible(hop, 60)} …`;
}

/** What can be said of a host while Rackside itself is not reached: what it was. */
export function lostWords(connection: Connection): ConnectionWords {
  return { word: 'Not known', sentence: `Last known: ${connectionWords(connection, 0).word}.`, next: null };
}

function questionWords(question: Extract<Connection, { state: 'asking' }>['question']): string {
  if (question.kind === 'host_key') return 'Check the host key.';
  if (question.kind === 'prompts') return `${visible(question.from, 300)} asks something.`;
  if (question.kind === 'consent') return 'A program wants to run.';
  return question.secret === 'passphrase' ? 'A passphrase is needed.' : 'A password is needed.';
}

/** `tries again in 12 s`. */
export function retryWords(retryAt: number, now: number): string {
  const seconds = Math.ceil((retryAt - now) / 1000);
  return seconds <= 0 ? 'tries again now' : `tries again in ${formatDuration(seconds)}`;
}

/** The step that failed, in the words of `stepWords` where it is one of a connection. */
export function faultStep(fault: Fault): string {
  return Object.hasOwn(stepWords, fault.step) ? stepWords[fault.step as ConnectStep] : fault.step;
}

/**
 * A fault's sentence, and the command at its end (`…, run: ssh-keygen -R host`), which a person will want to copy. Only a
 * changed key has one: other sentences may end in words that a host has chosen.
 */
export function faultWords({ code, message }: Fault): { readonly text: string; readonly command: string | null } {
  const found = code === 'host_key_changed' ? /^([\s\S]*\brun:) (\S[\s\S]*)$/.exec(message) : null;
  if (found === null) return { text: message, command: null };
  return { text: found[1] as string, command: found[2] as string };
}

/** Where a host is, as a person would type it: `root@pve1.lan`, `root@10.0.0.7:2222`, `this machine`, a dump's path. */
export function targetWords(target: Target): string {
  if (target.transport === 'local') return 'this machine';
  if (target.transport === 'replay') return target.path;
  const address = target.address.includes(':') ? `[${target.address}]` : target.address;
  const user = target.user === null ? '' : `${target.user}@`;
  return `${user}${address}${target.port === null || target.port === 22 ? '' : `:${target.port}`}`;
}

/** Why a reading is not there; null when nothing was said about it. */
export function problemWords(data: Pick<SampleData, 'problems'> | null, collector: string): string | null {
  if (data === null) return 'No sample has come yet.';
  const problem = data.problems[collector];
  if (problem === undefined) return null;
  return problem.status === 'absent' ? `Not on this host: ${problem.reason}` : `Could not be read: ${problem.reason}`;
}
