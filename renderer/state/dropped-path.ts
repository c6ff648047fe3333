/** The path that something dropped on the window names, or why it names none. */
export type Dropped = { readonly path: string } | { readonly path: null; readonly problem: string };

/**
 * A page is not told where a dropped file lies, only its name; some desktops and every terminal say the path in words
 * besides: a `file:` URL, or the path itself.
 */
export function droppedPath(fileName: string | null, uriList: string, text: string): Dropped {
  for (const line of [...uriList.split(/\r?\n/), text.trim()]) {
    const path = line.startsWith('file://') ? pathOfUrl(line) : isPath(line) ? line : null;
    if (path !== null) return { path };
  }
  const what = fileName === null ? 'What was dropped' : fileName;
  return { path: null, problem: `${what}: a page is not told where a dropped file lies. Type or paste its path.` };
}

function isPath(text: string): boolean {
  return /^(\/|[A-Za-z]:[\\/])[^\n]+$/.test(text);
}

function pathOfUrl(url: string): string | null {
  try {
    const { pathname } = new URL(url);
    const path = decodeURIComponent(pathname);
    // `/C:/dumps` on Windows.
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
  } catch {
    return null;
  }
}
