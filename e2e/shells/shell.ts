import type { BrowserContext, Page } from 'playwright';

/** Rackside as a user has it on screen, whatever it runs in. */
export interface Shell {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the page said on its console as an error, and every violation of its content policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface ShellOptions {
  /** Where Rackside keeps its hosts and history; a second shell with the same folder sees the same. */
  readonly dataFolder: string;
  /** The technician's home: `~/.ssh` is read there. */
  readonly home: string;
  readonly theme?: 'light' | 'dark';
  readonly viewport?: { width: number; height: number };
}

export type StartShell = (options: ShellOptions) => Promise<Shell>;
