/**
 * What this page alone remembers from one time to the next, a few short texts. A page that may not store things
 * forgets, and works all the same.
 */
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`rackside.${name}`);
  } catch {
    return null;
  }
}

export function keepLocally(name: string, text: string): void {
  try {
    localStorage.setItem(`rackside.${name}`, text);
  } catch {}
}
