import { looseObject, looseObjects, parseJson } from '../loose-values.ts';
import { profileOf, type Space, type Told } from './told.ts';
import { sizeOf } from './tool-text.ts';

/** Chunks of one kind and profile. */
interface Chunks {
  readonly kind: string;
  readonly profile: string;
  readonly total: number | null;
  readonly used: number | null;
}

const maxProfiles = 16;

/**
 * Chunks out of `btrfs filesystem df`, as text and as JSON, and of `btrfs filesystem usage`, with `-T` too:
 * https://btrfs.readthedocs.io/en/latest/btrfs-filesystem.html
 */
export function parseDf(text: string, lines: readonly string[]): Pick<Told, 'data' | 'metadata'> {
  const all = [...ofJson(text), ...lines.flatMap(ofLine), ...ofTable(lines)];
  return { data: spaceOf(all, /^Data/), metadata: spaceOf(all, /^Metadata$/) };
}

function spaceOf(all: readonly Chunks[], kind: RegExp): Space | null {
  const own = all.filter((one) => kind.test(one.kind));
  if (own.length === 0) return null;
  const sum = (numbers: readonly (number | null)[]) =>
    numbers.reduce<number | null>((a, b) => (a === null || b === null ? null : a + b), 0);
  const profiles = own.slice(0, maxProfiles).map(({ profile, total }) => [profileOf(profile), total ?? 0] as const);
  return {
    total: sum(own.map(({ total }) => total)),
    used: sum(own.map(({ used }) => used)),
    profiles: new Map(profiles),
  };
}

/** `Data, RAID1: total=1.00GiB, used=…` and `Data,RAID1: Size:…, Used:…`. */
function ofLine(line: string): Chunks[] {
  const row =
    /^(Data|Metadata|Data\+Metadata), ?(\w{1,12}): (?:total=|Size: ?)([\w.]{1,30}), (?:used=|Used: ?)([\w.]{1,30})/.exec(
      line,
    );
  if (row === null) return [];
  return [{ kind: row[1] as string, profile: row[2] as string, total: sizeOf(row[3]), used: sizeOf(row[4]) }];
}

function ofJson(text: string): Chunks[] {
  return looseObjects(looseObject(parseJson(text))?.['filesystem-df'], 64).map((row) => ({
    ...{ kind: String(row['bg-type']), profile: String(row['bg-profile']) },
    ...{ total: sizeOf(String(row.total)), used: sizeOf(String(row.used)) },
  }));
}

/** Kinds above profiles, a row for each device, and at the end all together, copies apart. */
function ofTable(lines: readonly string[]): Chunks[] {
  const at = lines.findIndex((line) => /^Id\s+Path\s/.test(line));
  const words = (line: string | undefined) => (line ?? '').trim().split(/\s+/);
  const [kinds, profiles] = [words(lines[at - 1]), words(lines[at]).slice(2)];
  const row = (head: string) => words(lines.slice(at).find((line) => line.trim().startsWith(`${head} `))).slice(1);
  const [totals, used] = [row('Total'), row('Used')];
  if (at < 1 || totals.length < kinds.length || used.length < kinds.length) return [];
  return kinds.map((kind, index) => ({
    ...{ kind, profile: profiles[index] as string, total: sizeOf(totals[index]), used: sizeOf(used[index]) },
  }));
}
