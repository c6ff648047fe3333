import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { z } from 'zod';

/** Dumps that are to be opened: named on the command line, by a second start, or by macOS. */
export interface DumpRequests {
  /** Called for each from now on, and at once for those that wait already. */
  onRequest(open: (path: string) => void): void;
}

/** As text: arrays of more than eight made the second instance end the first in some releases of Electron. */
const handedOver = z.object({ dumps: z.string().max(64 << 10) });
const paths = z.array(z.string().min(1).max(4096)).max(16);

/**
 * Listens for dumps to open, from before Electron is ready: macOS asks that early. Null where another Rackside runs;
 * it has been handed what this start was asked to open, and this one has to go.
 */
export function setupDumpRequests(): DumpRequests | null {
  const waiting: string[] = [];
  let open = (path: string): void => void waiting.push(path);

  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  const named = dumpsNamed(process.argv, process.cwd());
  if (!app.requestSingleInstanceLock({ dumps: JSON.stringify(named) })) return null;
  waiting.push(...named);
  // What that event has in place of our own data is the command line as Chromium reordered it.
  app.on('second-instance', (_event, _argv, _folder, data) => {
    for (const path of readHandedOver(data)) open(path);
  });
  return {
    onRequest: (handler) => {
      open = handler;
      for (const path of waiting.splice(0)) handler(path);
    },
  };
}

/** What is no switch names a dump. A desktop may write a path as `file:` URL. */
function dumpsNamed(argv: readonly string[], folder: string): string[] {
  // Before them stands the program, and outside a package the folder that Electron was told to run.
  const before = process.defaultApp ? 2 : 1;
  const operands = argv.slice(before).filter((argument) => argument !== '' && !argument.startsWith('-'));
  return operands.slice(0, 16).map((operand) => resolve(folder, pathOf(operand)));
}

function pathOf(operand: string): string {
  try {
    return operand.startsWith('file:') ? fileURLToPath(operand) : operand;
  } catch {
    return operand;
  }
}

function readHandedOver(data: unknown): string[] {
  const { dumps } = handedOver.safeParse(data).data ?? { dumps: '[]' };
  try {
    return paths.safeParse(JSON.parse(dumps)).data ?? [];
  } catch {
    return [];
  }
}
