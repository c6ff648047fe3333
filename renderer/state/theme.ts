import { createStore, useStore } from 'zustand';
import { api } from '../api/rackside.ts';
import { keepLocally, readKept } from './kept-locally.ts';
import { told } from './toasts.ts';

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

/**
 * The theme is a setting. The page remembers it too, so that the first thing drawn has it, before any word from the
 * console. In a browser that is a cookie: the console has another port each time, and with it another storage.
 */
const themeKeeper = {
  read: (): Theme => parseTheme(/(?:^|; )rackside-theme=(\w+)/.exec(document.cookie)?.[1] ?? readKept('theme')),
  write: (theme: Theme): void => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store answers later than the first thing is drawn
    document.cookie = `rackside-theme=${theme}; path=/; max-age=31536000; samesite=strict`;
    keepLocally('theme', theme);
  },
};

/** Draws the page in the theme that the settings say. */
export function adoptTheme(said: unknown): void {
  const theme = parseTheme(typeof said === 'string' ? said : null);
  themeStore.setState({ theme });
  themeKeeper.write(theme);
}

export function chooseTheme(theme: Theme): void {
  adoptTheme(theme);
  void told('Theme', api()['settings.set']({ 'page.theme': theme }));
}

export function useTheme(): Theme {
  return useStore(themeStore, (state) => state.theme);
}
