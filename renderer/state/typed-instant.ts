const day = /^(?:(\d{4})-(\d\d)-(\d\d)(?:[T ]\s*|$))?/;
const time = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?$/;

/**
 * An instant as a person types it, in milliseconds: `14:03`, `14:03:22.5`, `2026-11-21 14:03`, a day alone, or any of them
 * in UTC with `Z` at its end. A time without a day is on the day of `near`. Null where it is none.
 * @param zoneAt minutes that the page's zone is ahead of UTC at an instant
 */
export function typedInstant(text: string, near: number, zoneAt: (at: number) => number): number | null {
  const isUtc = /\dZ$/i.test(text.trim());
  const said = text.trim().replace(/\s*Z$/i, '');
  const [written = '', year, month, date] = day.exec(said) ?? [];
  const clock = time.exec(said.slice(written.length));
  if (said === '' || (clock === null && said !== written)) return null;
  const [hour, minute, second] = [clock?.[1], clock?.[2], clock?.[3]].map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offsetAt = (at: number) => (isUtc ? 0 : zoneAt(at) * 60_000);
  const midnight =
    year === undefined ? midnightOf(near + offsetAt(near)) : Date.UTC(+year, Number(month) - 1, Number(date));
  // There is no 30 February.
  if (year !== undefined && !new Date(midnight).toISOString().startsWith(`${year}-${month}-${date}`)) return null;
  const wall = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + Number((clock?.[4] ?? '').padEnd(3, '0'));
  // Which zone holds then is known once it is about known when that is.
  return wall - offsetAt(wall - offsetAt(wall));
}

function midnightOf(wall: number): number {
  return new Date(wall).setUTCHours(0, 0, 0, 0);
}
