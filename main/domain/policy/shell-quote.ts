/**
 * One word for a POSIX `sh`, whatever the value holds: single quotes protect everything but themselves. For POSIX
 * shells only; csh and fish read backslashes and newlines inside quotes differently, so nothing quoted is ever put
 * before a login shell.
 */
export function shellQuote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** The same for a path behind `--`: one that begins with a dash is none to every `head` and `tail`, and `./` makes it one. */
export function pathWord(path: string): string {
  return shellQuote(path.startsWith('-') ? `./${path}` : path);
}
