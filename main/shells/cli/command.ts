import type { ConsoleClient } from '../../contract/console.ts';
import type { Arguments } from './arguments.ts';

export interface CommandContext {
  readonly arguments: Arguments;
  /** Attaches to the running console, or becomes it, at the first call. */
  open(): Promise<ConsoleClient>;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  print(text: string): void;
}

export type Command = (context: CommandContext) => Promise<void>;
