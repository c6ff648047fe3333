import { keepLocally, readKept } from './kept-locally.ts';

const most = 6;

/** What a kept text says, whatever it is; a list of ids, the newest first. */
export function parseRecents(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function withRecent(recents: readonly string[], id: string): string[] {
  return [id, ...recents.filter((one) => one !== id)].slice(0, most);
}

/** What was chosen lately in the palette, the newest first. */
export function readRecents(): string[] {
  return parseRecents(readKept('recents'));
}

export function noteRecent(id: string): void {
  keepLocally('recents', JSON.stringify(withRecent(readRecents(), id)));
}
