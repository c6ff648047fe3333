import type { BrowserContext, Page } from 'playwright';

/** Rackside as a user has it on screen, whatever it runs in. */
export interface Shell {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the page said on its console as an error, and every violation of its content policy. */
  readonly complaints: readonly string[];
  /** Starts the program again, as a desktop does to open a file; null where a second start is a shell of its own. */
  readonly startAgain: ((...args: string[]) => Promise<void>) | null;
  close(): Promise<void>;
}

export interface ShellOptions {
  /** Where Rackside keeps its hosts and history; a second shell with the same folder sees the same. */
  readonly dataFolder: string;
  /** The technician's home: `~/.ssh` is read there. */
  readonly home: string;
  /** What else stands on the command line of a shell that is a program of its own. */
  readonly args?: readonly string[];
  /** Where the built program is, if not in `out/`. */
  readonly built?: string;
  readonly theme?: 'light' | 'dark';
  readonly viewport?: { width: number; height: number };
}

export type StartShell = (options: ShellOptions) => Promise<Shell>;
