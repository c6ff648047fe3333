/** The most that is kept of one file or one script record, in bytes; both ends know it. */
export const maxReadBytes = 256 * 1024;

/** The most that is kept of a forked command's standard error, in bytes. */
export const maxErrorBytes = 4096;

/** The most that one forked command may be allowed to print, in bytes. */
export const maxRunBytes = 16 * 1024 * 1024;
