import { createStore, useStore } from 'zustand';
import { keepLocally, readKept } from './kept-locally.ts';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const themeWords: Readonly<Record<Theme, string>> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
  contrast: 'high contrast',
};

export function parseTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}

export interface Look {
  /** Null: the system's. High contrast comes light and dark too. */
  readonly scheme: 'light' | 'dark' | null;
  readonly contrast: boolean;
}

/** What a theme looks like on a system that asks for more contrast, or does not. */
export function lookOf(theme: Theme, systemContrast: boolean): Look {
  return {
    scheme: theme === 'light' || theme === 'dark' ? theme : null,
    contrast: theme === 'contrast' || systemContrast,
  };
}

export const themeStore = createStore<{ theme: Theme }>(() => ({ theme: 'system' }));

/** Draws the page in the theme of the store, and in the system's contrast, until the signal aborts. */
export function watchTheme(signal: AbortSignal): void {
  const asked = window.matchMedia('(prefers-contrast: more)');
  function draw(): void {
    const { scheme, contrast } = lookOf(themeStore.getState().theme, asked.matches);
    const { dataset } = document.documentElement;
    if (scheme === null) delete dataset.theme;
    else dataset.theme = scheme;
    if (contrast) dataset.contrast = 'more';
    else delete dataset.contrast;
  }
  themeStore.setState({ theme: themeKeeper.read() });
  asked.addEventListener('change', draw, { signal });
  signal.addEventListener('abort', themeStore.subscribe(draw));
  draw();
}

/** Where the choice is kept from one time to the next: the one place that knows. */
const themeKeeper = {
  read: (): Theme => parseTheme(readKept('theme')),
  write: (theme: Theme): void => keepLocally('theme', theme),
};

export function chooseTheme(theme: Theme): void {
  themeStore.setState({ theme });
  themeKeeper.write(theme);
}

export function useTheme(): Theme {
  return useStore(themeStore, (state) => state.theme);
}
