import type { Kind } from '../../contract/samples.ts';

/** What is known of the command of an entry. */
interface RoundCommand {
  readonly kind: Kind | null;
  readonly mark: 'begin' | 'end' | null;
}

/**
 * Adds to the chosen entries (1 at their position) the two that frame the round of each, so that what is chosen replays
 * on its own.
 */
export function withRoundMarks(
  chosen: Uint8Array,
  commandOf: (position: number) => RoundCommand | undefined,
): Uint8Array {
  const all = Uint8Array.from(chosen);
  const rounds = new Map<Kind, { begin: number; isChosen: boolean }>();
  for (let position = 0; position < chosen.length; position++) {
    const command = commandOf(position);
    if (command === undefined || command.kind === null) continue;
    const round = rounds.get(command.kind);
    if (command.mark === 'begin') {
      rounds.set(command.kind, { begin: position, isChosen: false });
    } else if (command.mark === 'end') {
      if (round?.isChosen === true) all[position] = 1;
      rounds.delete(command.kind);
    } else if (chosen[position] === 1 && round !== undefined) {
      all[round.begin] = 1;
      round.isChosen = true;
    }
  }
  return all;
}
