// Runs a script on the Node that the project pins, whatever Node started this file. Plain JavaScript that an old
// Node can read: it is the one file that may meet one. What is missing from the lock file is installed first, because
// the pinned Node is one of those things.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWhenNeeded } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pinnedNode = installWhenNeeded(root);

const script = process.argv[2];
if (script === undefined) {
  process.stderr.write('Usage: node scripts/pinned.mjs SCRIPT [ARGUMENT …]\n');
  process.exit(2);
}
const child = spawn(
  pinnedNode,
  ['--disable-warning=ExperimentalWarning', join(root, script), ...process.argv.slice(3)],
  {
    stdio: 'inherit',
    env: {
      // Programs are compiled, and rid of their types, once and not at every start.
      NODE_COMPILE_CACHE: join(root, 'out', '.compiled'),
      ...process.env,
      PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH ?? ''}`,
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal gives Ctrl+C to the child itself; twice would mean: at once.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
