import type { Action } from './action.ts';

/** A key as it was pressed. */
export interface Press {
  /** `KeyboardEvent.key`. */
  readonly key: string;
  /** Ctrl, or the command key. */
  readonly control: boolean;
  readonly alt: boolean;
  /** Counts for keys that write nothing: with the others it is in what they write. */
  readonly shift: boolean;
  /** In milliseconds, by any clock. */
  readonly at: number;
}

/** What an event of the page says; a key that AltGr writes, such as `[` on German keyboards, is that key and no more. */
export function pressOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'timeStamp' | 'getModifierState'>,
): Press {
  const writes = event.getModifierState('AltGraph') && event.key.length === 1;
  return {
    key: event.key,
    control: !writes && (event.ctrlKey || event.metaKey),
    alt: !writes && event.altKey,
    shift: event.shiftKey,
    at: event.timeStamp,
  };
}

/** The second of two keys comes within this. */
const pauseMs = 1_200;

const names: Readonly<Record<string, string>> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→' };

/** A key by the name that actions know it by. */
function keyName({ key, shift }: Press): string {
  const name = names[key] ?? key;
  return shift && key.length > 1 ? `Shift ${name}` : name;
}

/** Whether both could be meant at once: an action of a page is meant on that page alone. */
function meet(one: Action, other: Action): boolean {
  return one.page === undefined || other.page === undefined || one.page === other.page;
}

/**
 * Which actions each key means: one, or one for each page. A key that means two at once, or that begins another, is a
 * mistake and throws.
 */
export function keyMap(actions: readonly Action[]): ReadonlyMap<string, readonly Action[]> {
  const map = new Map<string, Action[]>();
  for (const action of actions) {
    for (const key of action.keys) {
      const others = map.get(key) ?? [];
      const other = others.find((one) => meet(one, action));
      if (other !== undefined) throw new Error(`"${key}" is claimed by ${other.id} and by ${action.id}.`);
      map.set(key, [...others, action]);
    }
  }
  for (const [key, longer] of map) {
    const first = key.split(' ')[0] ?? '';
    const shorter = first === key ? undefined : map.get(first)?.[0];
    if (shorter !== undefined) throw new Error(`"${first}" of ${shorter.id} begins "${key}" of ${longer[0]?.id}.`);
  }
  return map;
}

/** The one that can be done now; the first where none can. */
function meant(candidates: readonly Action[] | undefined): Action | null {
  return candidates?.find(({ when }) => when()) ?? candidates?.[0] ?? null;
}

/** Reads presses one after the other; answers the action that one completes, whether it can be done now or not. */
export function createKeyReader(actions: readonly Action[]): (press: Press) => Action | null {
  const map = keyMap(actions);
  let before: Press | null = null;
  return (press) => {
    const earlier = before;
    before = null;
    if (press.alt) return null;
    const name = keyName(press);
    if (press.control) return meant(map.get(`Ctrl ${name.length === 1 ? name.toUpperCase() : name}`));
    if (earlier !== null && press.at - earlier.at < pauseMs) {
      const pair = meant(map.get(`${earlier.key} ${name}`));
      if (pair !== null) return pair;
    }
    before = press;
    return meant(map.get(name));
  };
}
