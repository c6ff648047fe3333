import { celsius, type DiskFacts, percent } from './disk-facts.ts';

/** One row of an ATA disk's table of attributes, from JSON or text alike. */
export interface Attribute {
  readonly id: number;
  readonly name: string;
  /** Normalised: falls from 100, 200 or 253 towards the threshold. */
  readonly value: number | null;
  /** The 48 bits as a number; null where only text is told. */
  readonly raw: number | null;
  /** As smartctl words them: `35 (Min/Max 20/45)`, `44316h+24m+54.612s`, `8 (0 2)`. */
  readonly rawText: string | null;
  readonly foretells: boolean;
  readonly whenFailed: 'now' | 'past' | null;
}

export const maxAttributes = 64;

/** By number and name: makers use the numbers for other things too, and then smartctl has another name for them. */
const counted = {
  reallocated_sectors: [5, /realloc|retire|bad|grown|defect|unus/i],
  pending_sectors: [197, /pend/i],
  uncorrectable_sectors: [198, /uncor|offline/i],
  crc_errors: [199, /crc/i],
  uncorrected_errors: [187, /uncor/i],
  command_timeouts: [188, /time/i],
} as const satisfies Record<string, readonly [number, RegExp]>;

/** Whose value tells how much is left of a solid disk's life, from 100 down; those that smartctl knows come first. */
const lifeLeft = /^(?:SSD_Life_Left|Percent_Lifetime_Remain|Media_Wearout_Indicator|Wear_Leveling_Count)$/;
/** The same, where the raw value is the percentage. */
const rawLifeLeft = /^(?:Remaining_Lifetime_Perc|Perc(?:ent)?_Life(?:time)?_Left)$/;

/**
 * What the table of an ATA disk tells, for what nothing better told.
 * @param known smartctl knows the model: only then it knows the unit of what was read and written
 */
export function factsOfAttributes(
  list: readonly Attribute[],
  known: boolean,
  blockBytes: number,
  solid: boolean,
): Partial<DiskFacts> {
  const counts = Object.entries(counted).map(([key, [id, name]]) => {
    const found = list.find((one) => one.id === id && name.test(one.name));
    return [key, found === undefined ? null : rawCount(found)];
  });
  const failing = list.filter(({ whenFailed }) => whenFailed === 'now');
  return {
    ...(Object.fromEntries(counts) as Partial<DiskFacts>),
    temperature_celsius: temperatureOf(list),
    power_on_hours: hoursOf(list.find(({ id }) => id === 9)),
    power_cycles: rawOf(list, 12, /power_cycle/i),
    worn_percent: solid ? wornOf(list) : null,
    written_bytes: bytesOf(list, /writ/i, known, blockBytes),
    read_bytes: bytesOf(list, /read/i, known, blockBytes),
    failing: failing.map(({ name, foretells }) => ({ name, foretells })),
    failed: list.filter(({ whenFailed, foretells }) => whenFailed === 'past' && foretells).map(({ name }) => name),
  };
}

/**
 * A count out of a raw value. Makers pack more than one into the 48 bits: smartctl's text begins with the one that
 * counts where it knows (`8 (0 2)`; of `0 0 12` it is the last); else the low 16 bits hold it as soon as the whole is
 * no count any more. Seagate packs timeouts (188) so.
 */
export function rawCount({ id, raw, rawText }: Attribute): number | null {
  const text = rawText ?? '';
  const last = /^\d{1,5} \d{1,5} (\d{1,5})$/.exec(text)?.[1];
  if (last !== undefined) return Number(last);
  const said = /^(\d{1,15})(?![\dx])/.exec(text)?.[1];
  const value = said === undefined ? raw : Number(said);
  if (value === null || !Number.isSafeInteger(value) || value < 0) return null;
  return value > (id === 188 ? 0xffff : 0xffff_ffff) ? value % 0x1_0000 : value;
}

function rawOf(list: readonly Attribute[], id: number, name: RegExp): number | null {
  const found = list.find((one) => one.id === id && name.test(one.name));
  return found === undefined ? null : rawCount(found);
}

/** The low byte of the raw value, or the first number of its text; two attributes may tell it. */
function temperatureOf(list: readonly Attribute[]): number | null {
  for (const id of [194, 190]) {
    const found = list.find((one) => one.id === id && /temp/i.test(one.name));
    if (found === undefined) continue;
    const said = /^-?\d{1,3}(?!\d)/.exec(found.rawText ?? '')?.[0];
    const value = celsius(said === undefined ? (found.raw === null ? null : found.raw % 256) : Number(said));
    if (value !== null) return value;
  }
  return null;
}

/** `8804`, `44316h+24m+54.612s`, `12345 (99 45 0)`, `528480m+12s`; above 32 bits stand other counters. */
function hoursOf(attribute: Attribute | undefined): number | null {
  if (attribute === undefined || !/hour|power.?on/i.test(attribute.name)) return null;
  const [, said, unit] = /^(\d{1,15})(?![\dx])(m\+)?/.exec(attribute.rawText ?? '') ?? [];
  const value = said === undefined ? attribute.raw : Number(said);
  if (value === null || !Number.isSafeInteger(value) || value < 0) return null;
  const count = value % 0x1_0000_0000;
  return unit === undefined ? count : Math.floor(count / 60);
}

function wornOf(list: readonly Attribute[]): number | null {
  const raw = list.find(({ name }) => rawLifeLeft.test(name));
  const left = raw === undefined ? (list.find(({ name }) => lifeLeft.test(name))?.value ?? null) : rawCount(raw);
  return left !== null && left >= 0 && left <= 100 ? percent(100 - left) : null;
}

const units: readonly (readonly [RegExp, number])[] = [
  [/32MiB$/i, 32 * 2 ** 20],
  [/64MiB$/i, 64 * 2 ** 20],
  [/_MiB$|_MB$/i, 2 ** 20],
  [/GiB$/i, 2 ** 30],
  [/GB$/i, 1e9],
];

/** What hosts wrote or read in all: attributes 241 and 242, in the unit that their name tells. */
function bytesOf(list: readonly Attribute[], what: RegExp, known: boolean, blockBytes: number): number | null {
  const found = list.find(({ id, name }) => (id === 241 || id === 242) && what.test(name));
  if (found === undefined) return null;
  const said = /^\d{1,16}(?!\d)/.exec(found.rawText ?? '')?.[0];
  const count = said === undefined ? found.raw : Number(said);
  if (count === null || count < 0) return null;
  const unit = units.find(([end]) => end.test(found.name))?.[1];
  if (unit !== undefined) return count * unit;
  // Where smartctl does not know the model this is but its guess of a name: some count 32 MiB under it.
  return known && /LBAs/i.test(found.name) ? count * blockBytes : null;
}
