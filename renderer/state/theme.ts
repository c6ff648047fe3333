import { createStore, useStore } from 'zustand';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'rackside.theme';

export function parseTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

export const themeStore = createStore<{ theme: Theme }>(() => ({ theme: 'system' }));

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Shows what was chosen in an earlier session; a page that may not store things follows the system. */
export function restoreTheme(): void {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(key);
  } catch {}
  const theme = parseTheme(stored);
  themeStore.setState({ theme });
  apply(theme);
}

export function chooseTheme(theme: Theme): void {
  themeStore.setState({ theme });
  apply(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {}
}

export function useTheme(): Theme {
  return useStore(themeStore, (state) => state.theme);
}
