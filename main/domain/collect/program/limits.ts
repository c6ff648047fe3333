import type { Command, RunCommand } from '../collector.ts';

/** The most that is kept of one file, in bytes; both ends know it. */
export const maxReadBytes = 256 * 1024;

/** The most that is kept of a forked command's standard error, in bytes. */
export const maxErrorBytes = 4096;

/**
 * The most that a forked command may write into any file, in the 512 bytes that `ulimit -f` counts (some shells count
 * 1,024). One that keeps files of its own on the host, as package managers keep caches, has to have room for them.
 */
export function mostBlocks({ maxBytes, cachesBytes = 0 }: RunCommand): number {
  return Math.ceil(Math.max(maxBytes + 1, maxErrorBytes + 1, cachesBytes) / 512);
}

/** The most files that one command of patterns reads, and the most of a line of one, in bytes. */
export const maxFiles = 256;
export const maxFileLine = 200;

/** The most of the two records that frame a round, in bytes: uptime and boot id. */
export const maxMarkBytes = 1024;

/** The most that is kept of what one run of a command printed, in bytes: from a host as from a dump. */
export function maxBytesOf(command: Command): number {
  return command.type === 'read' ? maxReadBytes : command.maxBytes;
}
