import type { ImportCandidate, ImportChoices, ImportDone } from '../../main/contract/host-import.ts';

/** What is to be done with a host of a file. */
export type Deed = 'add' | 'update' | 'skip';

/** Those that are there already are left alone, until somebody says what to do. */
export function firstDeeds(candidates: readonly ImportCandidate[]): readonly Deed[] {
  return candidates.map(({ duplicate }) => (duplicate === null ? 'add' : 'skip'));
}

export function choicesOf(candidates: readonly ImportCandidate[], deeds: readonly Deed[]): ImportChoices {
  const hosts = candidates.flatMap(({ draft, duplicate }, index) => {
    const deed = deeds[index] ?? 'skip';
    if (deed === 'skip') return [];
    return [{ draft, updates: deed === 'update' ? (duplicate?.hostId ?? null) : null }];
  });
  return { hosts };
}

/** On the button: `Add 3 hosts, update 1`. */
export function deedWords(deeds: readonly Deed[]): string {
  const count = (wanted: Deed): number => deeds.filter((deed) => deed === wanted).length;
  const [added, updated] = [count('add'), count('update')];
  if (updated === 0) return `Add ${hosts(added)}`;
  return added === 0 ? `Update ${hosts(updated)}` : `Add ${hosts(added)}, update ${updated}`;
}

/** Once it is done: `3 hosts added, 1 updated.` */
export function doneWords({ added, updated }: ImportDone): string {
  if (updated === 0) return `${hosts(added)} added.`;
  return added === 0 ? `${hosts(updated)} updated.` : `${hosts(added)} added, ${updated} updated.`;
}

function hosts(count: number): string {
  return count === 1 ? '1 host' : `${count} hosts`;
}
