/**
 * What an entry can have that makes a technician look; `failed` is an exit other than 0, or none, but for what is absent.
 * The list stands alone for who needs no schema.
 */
export const entryMarks = ['failed', 'not_run', 'timed_out', 'truncated', 'torn', 'lying', 'suspect'] as const;
export type EntryMark = (typeof entryMarks)[number];
