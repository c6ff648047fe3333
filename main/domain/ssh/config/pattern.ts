import { lower } from './words.ts';

/** No name is longer. */
const longestText = 1025;

/** Longer ones in a list match nothing in OpenSSH either. */
const longestInList = 1023;

/** `*` and `?`, for the whole of a text. Takes time in proportion to both lengths at the very most. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (text.length > longestText) return false;
  let at = 0;
  let wanted = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const sign = pattern[wanted];
    if (sign === '*') {
      star = wanted;
      resume = at;
      wanted += 1;
    } else if (sign === '?' || sign === text[at]) {
      at += 1;
      wanted += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      wanted = star + 1;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
}

/** A list with commas, in which `!` negates: one negated match is enough for `refused`. */
export function matchesList(text: string, list: string): 'yes' | 'no' | 'refused' {
  let found: 'yes' | 'no' = 'no';
  for (const entry of list.split(',')) {
    if (entry.length > longestInList) return 'no';
    const negated = entry.startsWith('!');
    if (!matchesPattern(text, negated ? entry.slice(1) : entry)) continue;
    if (negated) return 'refused';
    found = 'yes';
  }
  return found;
}

/** Names of hosts have no case. */
export function matchesHost(host: string, list: string): boolean {
  return matchesList(lower(host), lower(list)) === 'yes';
}
