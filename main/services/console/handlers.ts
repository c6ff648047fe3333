import type { ConsoleHandlers } from '../../contract/console.ts';

/** Calls of `hosts` that bring many at once. */
export type ImportCalls = 'hosts.readImport' | 'hosts.import';

/** The handlers of one subject: every call and stream whose name begins with it. */
export type HandlersOf<Subject extends string> = Pick<
  ConsoleHandlers,
  Extract<keyof ConsoleHandlers, `${Subject}.${string}`>
>;
