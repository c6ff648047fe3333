/** What a terminal shows before a command, with what it is: `root@host:~# df -h`, `[ann@web1 log]$ df -h`. */
const prompt = /^(?:\([\w.-]{1,64}\) )?\[?[\w.-]{1,64}@[\w.-]{1,255}[: ]\S{0,255}?\]?[#$](?: |$)/;

/**
 * What a command printed, out of what somebody kept of it: as UTF-8 without a mark in front (PowerShell keeps UTF-16), the
 * colours and line ends of a terminal, blank lines before the first and prompts around it.
 * @param isCommand whether a line is one that was typed: `# df -h` is, `# users=2` is not
 */
export function printedText(bytes: Uint8Array, isCommand: (line: string) => boolean): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const lines = new TextDecoder(isWide ? 'utf-16le' : 'utf-8')
    .decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    .replace(/\x1b\[[\d;?]{0,32}[A-Za-z]/g, '')
    .replace(/\r+(?=\n|$)/g, '')
    .split('\n');
  let from = lines.findIndex((line) => line.trim() !== '');
  const first = lines[from] ?? '';
  const bare = /^[#+] (.*)$/.exec(first)?.[1];
  if (prompt.test(first) || first.startsWith('$ ') || (bare !== undefined && isCommand(bare))) from += 1;
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const isLast = last > from && prompt.test(lines[last] ?? '');
  return lines.slice(Math.max(0, from), isLast ? last : undefined).join('\n') + (isLast ? '\n' : '');
}
