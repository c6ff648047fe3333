/** The files that a dump consists of: its commands, and what was made of them then. */
export const dumpLogs = ['commands.log', 'samples.log'] as const;
export type DumpLog = (typeof dumpLogs)[number];

/** A copy of the commands alone, as desktops know it. */
export const dumpEnding = '.rackside-dump';
