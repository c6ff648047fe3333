export interface FileText {
  readonly path: string;
  readonly text: string;
}

const heading = /^==> (\/\S{1,255}) <==$/;
const named = /^(\/(?:proc|sys|etc)\/[^\s:]{1,255}):(.*)$/;

/** The files of a capture of several, as `head` and `tail` print them: each below a heading of its own; else none. */
export function filesBelowHeadings(text: string): FileText[] {
  if (!heading.test(text.slice(0, text.indexOf('\n')))) return [];
  return text
    .split(/^(?===> \/\S{1,255} <==$)/m)
    .map((part) => ({ path: heading.exec(part.split('\n', 1)[0] as string)?.[1] ?? '', text: part }))
    .map(({ path, text: part }) => ({ path, text: part.slice(part.indexOf('\n') + 1).replace(/\n\n$/, '\n') }));
}

/** The files of a capture whose every line has a path in front, as `grep -H` prints them; else none. */
export function filesOfLines(text: string): FileText[] {
  const files = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, path, rest] = named.exec(line) ?? [];
    if (path !== undefined) files.set(path, `${files.get(path) ?? ''}${rest}\n`);
    else if (line !== '') return [];
  }
  return [...files].map(([path, lines]) => ({ path, text: lines }));
}
