import { quoted, refused } from './bad-line.ts';
import { matchesPattern } from './pattern.ts';
import type { ConfigWorld } from './world.ts';

/** What `%` and a letter stand for. */
export type Tokens = Readonly<Record<string, string>>;

/** Replaces `%x` and `%%`. Throws a fault for a token that the keyword does not take, as ssh does. */
export function expandTokens(text: string, tokens: Tokens): string {
  return text.replace(/%(.?)/gs, (_, letter: string) => tokenValue(text, letter, tokens));
}

/** The same, and `${NAME}`. */
export function expandAll(text: string, tokens: Tokens, world: ConfigWorld): string {
  return text.replace(/%(.?)|\$\{([^}]*)(\}?)/gs, (whole, letter: string | undefined, name: string) => {
    if (letter !== undefined) return tokenValue(text, letter, tokens);
    const value = whole.endsWith('}') ? world.environment.get(name) : undefined;
    if (value === undefined) throw refused(`${quoted(text)} needs the environment variable ${name}, which is not set.`);
    return value;
  });
}

/** `${NAME}` only; null where one is not set, or not closed. */
export function expandEnvironment(text: string, world: ConfigWorld): string | null {
  let known = true;
  const expanded = text.replace(/\$\{([^}]*)(\}?)/g, (_, name: string, close: string) => {
    const value = close === '}' ? world.environment.get(name) : undefined;
    known &&= value !== undefined;
    return value ?? '';
  });
  return known ? expanded : null;
}

/** `~` and `~user`, by the accounts of this machine, whatever `HOME` says. */
export function expandHome(text: string, world: ConfigWorld): string {
  const [, user, path = ''] = /^~([^/]*)(?:\/+(.*))?$/s.exec(text) ?? [];
  if (user === undefined) return text;
  const home = user === '' ? world.user.home : world.homeOf(user);
  if (home === null) throw refused(`${quoted(text)}: there is no account ${quoted(user)} on this machine.`);
  return `${home}${home.endsWith('/') ? '' : '/'}${path}`;
}

/** The names in an environment that patterns of `SendEnv` choose. */
export function chosenNames(names: readonly string[], patterns: readonly string[]): string[] {
  return names.filter((name) => patterns.some((pattern) => matchesPattern(name, pattern)));
}

function tokenValue(text: string, letter: string, tokens: Tokens): string {
  const value = letter === '%' ? '%' : tokens[letter];
  if (value === undefined) throw refused(`${quoted(text)} has the token %${letter}, which means nothing there.`);
  return value;
}
