/** What a terminal shows before a command, with what it is: `root@host:~# df -h`, `[ann@web1 log]$ df -h`, SUSE's `host:~ # `. */
const prompt =
  /^(?:(?:\([\w.-]{1,64}\) )?\[?[\w.-]{1,64}@[\w.-]{1,255}(?:[: ] ?\S{0,255}?)?[\]:]? ?[#$>]|[\w.-]{1,64}:[~/]\S{0,255} #)(?: |\w|$)/;

/**
 * What a command printed, out of what somebody kept of it: as UTF-8 without a mark in front (PowerShell keeps UTF-16), the
 * colours and line ends of a terminal, blank lines before the first, prompts around it, and what all of it is indented by.
 * @param isCommand whether a line is one that was typed: `# df -h` is, `# users=2` is not
 */
export function printedText(bytes: Uint8Array, isCommand: (line: string) => boolean): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const lines = outdented(
    new TextDecoder(isWide ? 'utf-16le' : 'utf-8')
      .decode(bytes)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
      .replace(/\x1b\[[\d;?]{0,32}[A-Za-z]/g, '')
      .replace(/\r+(?=\n|$)/g, '')
      .split('\n'),
  );
  let from = lines.findIndex((line) => line.trim() !== '');
  const first = lines[from] ?? '';
  const bare = /^[#+] (.*)$/.exec(first)?.[1];
  if (prompt.test(first) || first.startsWith('$ ') || (bare !== undefined && isCommand(bare))) from += 1;
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const isLast = last > from && (prompt.test(lines[last] ?? '') || /^\$ ?$/.test(lines[last] ?? ''));
  return lines.slice(Math.max(0, from), isLast ? last : undefined).join('\n') + (isLast ? '\n' : '');
}

/** Where a text was quoted it may be indented; a column that is empty in each row is wider. */
function outdented(lines: readonly string[]): readonly string[] {
  const depths = lines.flatMap((line) => (line.trim() === '' ? [] : [line.search(/[^ ]/)]));
  const depth = Math.min(...depths);
  return depth > 0 && depth <= 4 ? lines.map((line) => line.slice(depth)) : lines;
}
