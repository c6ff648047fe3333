import type { HostView } from '../../main/contract/hosts.ts';
import { connectionWords, targetWords } from '../../main/domain/present/words.ts';

/** One word of a filter; all of them must fit. */
export interface FilterWord {
  readonly about: 'tag' | 'group' | 'state' | 'health' | 'anything';
  /** In lower case. */
  readonly value: string;
}

const token = /[^\s"]*"[^"]*"?|\S+/g;
const prefixed = /^(tag|group|state|health):(.*)$/s;

/** `tag:db group:"rack 1" state:stopped nas`: blanks part words, quotes keep them together. One without a value says nothing. */
export function parseFilter(text: string): readonly FilterWord[] {
  return (text.toLowerCase().match(token) ?? [])
    .map((word): FilterWord => {
      const [, about, value] = prefixed.exec(word) ?? [];
      return {
        about: (about as FilterWord['about'] | undefined) ?? 'anything',
        value: (value ?? word).replaceAll('"', ''),
      };
    })
    .filter(({ value }) => value !== '');
}

/** Groups and tags fit as a whole, for what is found is often acted on; a state by the start of its name; else any part. */
export function matchesFilter({ host, connection, health }: HostView, words: readonly FilterWord[]): boolean {
  const states = () => [connection.state, connectionWords(connection, 0).word.toLowerCase()];
  const anything = () =>
    [host.name, targetWords(host.target), ...states(), host.group ?? '', ...host.tags].join('\n').toLowerCase();
  return words.every(({ about, value }) => {
    if (about === 'tag') return host.tags.some((tag) => tag.toLowerCase() === value);
    if (about === 'group') return host.group?.toLowerCase() === value;
    if (about === 'health') return healthNames(health).includes(value);
    if (about === 'state') return states().some((state) => state.startsWith(value));
    return anything().includes(value);
  });
}

/** What `health:` finds: `problems` is any of them. */
export const withProblems = 'health:problems';

function healthNames(health: HostView['health']): string[] {
  if (health === null) return ['unknown'];
  const names = [health.bad > 0 ? 'bad' : '', health.warn > 0 ? 'warn' : ''].filter((name) => name !== '');
  return names.length === 0 ? ['ok'] : ['problems', ...names];
}

/** The filter that finds a tag or a group. */
export function filterFor(about: 'tag' | 'group', value: string): string {
  return /\s/.test(value) ? `${about}:"${value}"` : `${about}:${value}`;
}
