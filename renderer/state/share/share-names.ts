/** How a part of a dump is written, by the end of its name; a folder has none. */
export const partEndings = ['.zip', '.tar.gz', ''] as const;
export type PartEnding = (typeof partEndings)[number];
export const endingWords: Readonly<Record<PartEnding, string>> = {
  '.zip': '.zip',
  '.tar.gz': '.tar.gz',
  '': 'Folder',
};

const archive = /\.(?:tar\.gz|tgz|tar\.zst|tar\.xz|tar|zip|zst|gz|xz)$/i;

/** Whether a path says where it begins; what does not would be looked for wherever Rackside was started. */
export function isWholePath(path: string): boolean {
  return /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(path);
}

/** The folder in which a dump lies, and what it is called there; null where its path is none of this machine's. */
export function placeOf(path: string): { readonly folder: string; readonly name: string } | null {
  if (!isWholePath(path)) return null;
  const separator = path.includes('/') ? '/' : '\\';
  const parts = path.replace(/[\\/]+$/, '').split(separator);
  // One of its files was opened.
  if (/\.log$/i.test(parts.at(-1) ?? '')) parts.pop();
  const name = (parts.pop() ?? '').replace(archive, '');
  return { folder: `${parts.join(separator)}${separator}`, name: name === '' ? 'dump' : name };
}

/** `2026-11-21T14-03-22Z`, as recordings have it in their names. */
export function stampOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
}

/**
 * A new name for a part of a dump. The dump's own name tells its host, so what is redacted does not have it.
 * @param now makes it a new one, in milliseconds since the epoch
 */
export function partName(name: string, redacts: boolean, ending: PartEnding, now: number): string {
  return `${redacts ? 'dump-redacted' : `${name}-part`}-${stampOf(now)}${ending}`;
}

/** The same for a moment of it; `at` is that moment. */
export function reportName(name: string, redacts: boolean, at: number): string {
  return `${redacts ? 'moment-redacted' : `${name}-moment`}-${stampOf(at)}.html`;
}

/** How a path says that it is to be written. */
export function endingOf(path: string): PartEnding {
  if (/\.zip$/i.test(path)) return '.zip';
  return /\.(?:tar\.gz|tgz)$/i.test(path) ? '.tar.gz' : '';
}

/** The same path with another end. */
export function withEnding(path: string, ending: PartEnding): string {
  return path.replace(/\.(?:zip|tar\.gz|tgz)$/i, '') + ending;
}
