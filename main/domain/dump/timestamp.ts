const pattern = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;

/** Milliseconds since the epoch, with whole microseconds as the fraction: as exact as a dump can say it. */
export function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** `2026-04-22T20:13:19.123456Z`, from milliseconds since the epoch between the years 0 and 9999. */
export function formatTimestamp(milliseconds: number): string {
  const microseconds = Math.round(milliseconds * 1000);
  const second = Math.floor(microseconds / 1e6);
  const fraction = String(microseconds - second * 1e6).padStart(6, '0');
  return `${new Date(second * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** Milliseconds since the epoch; null when this is not such a time in UTC. More than six digits are cut. */
export function parseTimestamp(text: string): number | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  const milliseconds = Date.parse(`${found[1]}Z`);
  if (Number.isNaN(milliseconds)) return null;
  const microseconds = Number((found[2] ?? '').slice(0, 6).padEnd(6, '0'));
  return (milliseconds * 1000 + microseconds) / 1000;
}
