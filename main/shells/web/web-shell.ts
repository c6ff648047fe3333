import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toFault } from '../../contract/faults.ts';
import { openConsole } from '../../services/console.ts';
import { connectAhead } from '../connect-ahead.ts';
import { dataFolder, dataFolderSource } from '../data-folder.ts';
import { relayWires } from '../relay-wires.ts';
import { version } from '../version.ts';
import { openBrowser } from './open-browser.ts';
import { startWebServer } from './web-server.ts';

/** The built page lies beside the built main process; in a checkout, where the build puts it. */
const pageFolder = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../../out/renderer' : '../renderer',
);

const stillNeeded = 'Another shell still uses this one; it ends with that. Ctrl+C again: at once.\n';

/** Serves the console to a browser until it is told to end. Answers the exit code, or null while it runs. */
export async function runWebShell(argv: readonly string[]): Promise<number | null> {
  // Whoever reads what is printed here may go (`| head -1`): the browser is still served.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    const { folder, dataFolderSource, port, open } = parse(argv);
    const access = await openConsole({ dataFolder: folder, dataFolderSource, version });
    const server = await startWebServer({
      port,
      pageFolder,
      onEnter: () => void connectAhead(access.connect()),
      onWire: (wire) => relayWires(wire, access.connect()),
    }).catch(async (error: unknown) => {
      await access.close({ now: true });
      throw error;
    });
    // Scripts and tests read this line.
    process.stdout.write(`Rackside: ${server.url}\n`);
    const forget = open ? openBrowser(server.url, folder) : null;
    if (forget === null) process.stdout.write('Open that address in a browser; it works once. Ctrl+C ends Rackside.\n');

    let asked = false;
    const end = async (): Promise<void> => {
      const now = asked;
      asked = true;
      forget?.();
      await server.close().catch(() => {});
      const waiting = setTimeout(() => process.stderr.write(stillNeeded), 500);
      waiting.unref();
      await access.close({ now });
      process.exit(0);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
    return null;
  } catch (error) {
    process.stderr.write(`rackside: ${sentenceOf(error)}\n`);
    return 1;
  }
}

function parse(argv: readonly string[]) {
  const { values } = parseArgs({
    args: [...argv],
    options: { port: { type: 'string' }, 'data-folder': { type: 'string' }, 'no-open': { type: 'boolean' } },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port.`);
  const named = values['data-folder'] ?? null;
  const open = values['no-open'] !== true;
  return { folder: dataFolder(named), dataFolderSource: dataFolderSource(named), port, open };
}

function sentenceOf(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return 'That port is taken; without --port a free one is used.';
  return error instanceof Error ? error.message : toFault(error, 'web').message;
}
