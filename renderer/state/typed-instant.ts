const pattern = /^(?:(\d{4})-(\d\d)-(\d\d)[T ]+)?(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/**
 * An instant as a person types it, `14:03`, `14:03:22` or `2026-11-21 14:03:22`, in this page's time zone; a time
 * without a date is of the day of `near`. Null where it is none.
 */
export function typedInstant(text: string, near: number): number | null {
  const parts = pattern.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(near);
  if (parts[1] !== undefined) {
    date.setFullYear(year ?? 0, (month ?? 1) - 1, day ?? 1);
    if (date.getMonth() !== (month ?? 1) - 1) return null;
  }
  return date.setHours(hour, minute, second, 0);
}
