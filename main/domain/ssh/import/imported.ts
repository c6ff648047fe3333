import { type HostDraft, hostDraftSchema, tagSchema } from '../../../contract/hosts.ts';

/** What a file says of many hosts. */
export interface Imported {
  readonly hosts: readonly HostDraft[];
  /** Sentences about what was left out. */
  readonly problems: readonly string[];
}

/** A host as a file has it; null and empty where it says nothing. */
export interface Found {
  readonly name: string;
  readonly address: string;
  readonly port: number | null;
  readonly user: string | null;
  readonly identityFile: string | null;
  readonly group: string | null;
  readonly tags: readonly string[];
}

export const nothingFound = { port: null, user: null, identityFile: null, group: null, tags: [] } as const;

/** A fleet is not larger, and neither is what is gathered of a hostile file. */
export const mostHosts = 5000;
const mostProblems = 30;

/** Gathers hosts and problems, both bounded; the same host twice is one. */
export function createGathering(): {
  add(found: Found): void;
  problem(sentence: string): void;
  readonly isFull: boolean;
  done(): Imported;
} {
  const hosts = new Map<string, HostDraft>();
  const problems: string[] = [];
  let [untold, beyond] = [0, 0];
  const problem = (sentence: string): void => {
    if (problems.length < mostProblems) problems.push(sentence);
    else untold += 1;
  };
  return {
    add(found) {
      const { name, address, port, user, identityFile, group, tags } = found;
      const key = JSON.stringify([name, address, port, user]);
      if (hosts.has(key)) return;
      if (hosts.size >= mostHosts) {
        beyond += 1;
        return;
      }
      const good = tags.filter((tag) => tagSchema.safeParse(tag).success);
      const draft = hostDraftSchema.safeParse({
        name,
        target: {
          transport: 'ssh',
          address,
          port,
          user,
          identityFiles: identityFile === null ? [] : [identityFile],
          agent: true,
        },
        ...(group === null ? {} : { group: group.slice(0, 60) }),
        ...(good.length === 0 ? {} : { tags: [...new Set(good)].slice(0, 20) }),
      });
      if (draft.success) hosts.set(key, draft.data);
      else problem(`${shown(name)} is left out: ${draft.error.issues[0]?.message ?? 'it is no host'}.`);
    },
    problem,
    get isFull() {
      return hosts.size >= mostHosts;
    },
    done() {
      const more = [
        ...(beyond > 0 ? [`Only the first ${mostHosts} hosts are taken; ${beyond} more are left out.`] : []),
        ...(untold > 0 ? [`There are ${untold} more problems of this kind.`] : []),
      ];
      return { hosts: [...hosts.values()], problems: [...problems, ...more] };
    },
  };
}

export type Gathering = ReturnType<typeof createGathering>;

/** A word out of a file, for a sentence. */
export function shown(word: string): string {
  return `“${word.length > 60 ? `${word.slice(0, 60)}…` : word}”`;
}

/** 1 to 65535; null for anything else. */
export function portIn(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : null;
}
