import { delimiter, join } from 'node:path';

/** What PATH is in tests: programs of this machine that cost much and are the subject of no test come from the lab. */
export const searchPath = [join(import.meta.dirname, 'lab', 'programs'), process.env.PATH ?? '/usr/bin:/bin'].join(
  delimiter,
);
