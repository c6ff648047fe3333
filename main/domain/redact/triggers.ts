import { argumentTriggers } from './argument-secrets.ts';
import { deviceTriggers, wwnAfter, wwnWords } from './device-contexts.ts';
import { nameTriggers } from './name-contexts.ts';
import { mayHaveValue, type Place, type Trigger } from './place.ts';
import { secretTriggers } from './secret-contexts.ts';

const all: readonly Trigger[] = [...secretTriggers, ...argumentTriggers, ...nameTriggers, ...deviceTriggers];

/** Each word that says something of what stands beside it, once. */
export const triggerWords: readonly string[] = [...new Set([...all.flatMap(({ words }) => words), ...wwnWords])];

const looks: readonly (readonly Trigger[])[] = triggerWords.map((word) =>
  all.filter(({ words }) => words.includes(word)),
);
const isWwn: readonly boolean[] = triggerWords.map((word) => wwnWords.some((one) => one === word));

/** Whether all that the word of that number is looked at for needs a value behind it. */
const needsValue: readonly boolean[] = triggerWords.map(
  (_, number) =>
    isWwn[number] === false && (looks[number] as readonly Trigger[]).every((one) => one.needsValue === true),
);

/** False where a look around the word of that number can find nothing. */
export function isWorthALook(number: number, bytes: Uint8Array, start: number, end: number): boolean {
  return needsValue[number] === false || mayHaveValue(bytes, start, end);
}

/** Looks around the word of that number; `onWwn` is told where the digits of a WWN stand. */
export function lookAround(number: number, place: Place, onWwn: (from: number, to: number) => void): void {
  for (const trigger of looks[number] as readonly Trigger[]) trigger.look(place);
  const wwn = isWwn[number] === true ? wwnAfter(place.word, place.after(64)) : null;
  if (wwn !== null) onWwn(place.end + wwn.at, place.end + wwn.at + wwn.length);
}
