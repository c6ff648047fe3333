import type { Route } from '../../../state/route.ts';

export const actionGroups = [
  'This host',
  'This dump',
  'Playback',
  'Fleet',
  'Charts',
  'Go to',
  'Rackside',
  'Theme',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

/**
 * Something that a technician can do from anywhere. The keys, the palette and the list of keys are all made of these,
 * so a further one is one entry in this folder.
 */
export interface Action {
  /** Stays the same from one version to the next: what was used lately is remembered by it. */
  readonly id: string;
  readonly group: ActionGroup;
  /** What it does; in the list of keys too, so it holds whatever the state is. */
  readonly title: string;
  /** What it would do right now, where that can be said better. */
  readonly titleNow?: () => string;
  /**
   * One key (`a`, `Space`), two after another (`g f`) or one with Ctrl (`Ctrl K`; on a Mac the command key does). A key
   * that writes nothing may have Shift too: `Shift ←`.
   */
  readonly keys: readonly string[];
  /** The page that it is of, where its keys mean something else on another one. */
  readonly page?: Route['view'];
  /** Whether it would do anything now. */
  when(): boolean;
  run(): void;
}

/** Keys that work only where the focus is; listed beside the others, and heard by who owns them. */
export interface LocalKeys {
  readonly where: string;
  /** In a dialog, where the keys of the page rest: one of them may mean something else there. */
  readonly dialog?: true;
  readonly keys: readonly string[];
  readonly title: string;
}

export const always = (): boolean => true;
