import type { ConsoleClient } from '../../contract/console.ts';
import type { Arguments } from './arguments.ts';

export interface CommandContext {
  readonly arguments: Arguments;
  /** Attaches to the running console, or becomes it, at the first call. */
  open(): Promise<ConsoleClient>;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** Bytes go out as they are. */
  print(text: string | Uint8Array): void;
  /** It was done, and what came of it is a failure: exit 1 or that code, without a sentence. */
  fail(exitCode?: number): void;
}

export type Command = (context: CommandContext) => Promise<void>;
