/**
 * One run of one command on a host. Everything that Rackside knows is computed from these by pure functions, so a
 * live session, an agent's spool and a dump are the same thing told by different messengers.
 */
export interface CommandRecord {
  /** A line that a person can paste into a shell on that host to get such output. */
  readonly command: string;
  /** When it ended: milliseconds since the epoch by the console's clock; foreign dumps carry microseconds as a fraction. */
  readonly endedAt: number;
  /** Null when the command never ran, or never ended. */
  readonly exit: number | null;
  /** What kept it from running, in the words of its messenger (`{:enoent, "zpool"}`); null when it ran. */
  readonly error: string | null;
  readonly durationMs: number;
  /** The raw bytes it printed on standard output, cut at the command's limit. */
  readonly stdout: Uint8Array;
  /** The raw bytes it printed on standard error, kept apart. */
  readonly stderr: Uint8Array;
  /** True where the output was longer than its limit and the rest was dropped. */
  readonly truncated: boolean;
  /** True where the deadline passed first; what had come until then is kept. */
  readonly timedOut: boolean;
}

const decoder = new TextDecoder('utf-8');
const newline = 10;

/** True where the command may have had more to say. */
export function isCut({ truncated, timedOut }: CommandRecord): boolean {
  return truncated || timedOut;
}

/**
 * The output as text; bytes that are not UTF-8 become U+FFFD, so parsers must not rely on the length. Where the output
 * was cut, its last line is left out: half a number is another number.
 */
export function textOf(record: CommandRecord): string {
  const { stdout } = record;
  return decoder.decode(isCut(record) ? stdout.subarray(0, stdout.lastIndexOf(newline) + 1) : stdout);
}

/** The same with what there is of a line that was cut: for text that is no number. */
export function rawTextOf(record: CommandRecord): string {
  return decoder.decode(record.stdout);
}
