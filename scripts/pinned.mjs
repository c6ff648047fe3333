// Runs a script on the Node that the project pins, whatever Node started this file. Plain JavaScript that an old
// Node can read: it is the one file that may meet one. It also installs what is missing from the lock file, because
// the pinned Node is one of those things.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNativeCrypto } from './native-crypto.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const pinnedNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
const stamp = join(root, 'node_modules', '.rackside-lock');

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(stamp) && existsSync(pinnedNode) && readFileSync(stamp, 'utf8') === lock;

if (!installed) {
  process.stderr.write('Installing what the lock file names …\n');
  const install = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (install.status !== 0 || !existsSync(pinnedNode)) {
    process.stderr.write('Rackside could not install its packages: see above. `npm ci` tries it again.\n');
    process.exit(1);
  }
  if (!buildNativeCrypto(root, pinnedNode)) {
    process.stderr.write('The native cryptography of ssh2 could not be built; SSH works, and costs more CPU.\n');
  }
  writeFileSync(stamp, lock);
}

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
    env: { ...process.env, PATH: `${dirname(pinnedNode)}${delimiter}${process.env.PATH ?? ''}` },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // A terminal gives Ctrl+C to the child itself; twice would mean: at once.
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(signal === null ? code : 1));
