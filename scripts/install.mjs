// Installs what the lock file names, once, and again when the lock file changes. Plain JavaScript, as `pinned.mjs`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNativeCrypto } from './native-crypto.mjs';

const windows = process.platform === 'win32';

/** Answers the path of the pinned Node; ends the process with a sentence where it cannot be had. */
export function installWhenNeeded(root) {
  const modules = join(root, 'node_modules');
  const pinnedNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');
  const stamp = join(modules, '.rackside-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = () => existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (installed()) return pinnedNode;

  // Two first starts at once would install into each other.
  const release = takeLock(join(root, '.installing'));
  try {
    if (!installed()) install(root, modules, pinnedNode, () => writeFileSync(stamp, wanted));
  } finally {
    release();
  }
  return pinnedNode;
}

function install(root, modules, pinnedNode, onDone) {
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) {
    fail('node_modules is a link: installing would empty the folder that it leads to. Remove the link.');
  }
  say('Installing what the lock file names …');
  // No install scripts but those that are named here: better-sqlite3 brings its binaries along, and would be compiled
  // anew, for the wrong Node; the npm package `node` fetches the pinned Node in its script.
  if (!npm(root, ['ci', '--ignore-scripts']) || !npm(root, ['rebuild', 'node']) || !existsSync(pinnedNode)) {
    fail('Rackside could not install its packages: see above. The next start tries it again.');
  }
  if (!buildNativeCrypto(root, pinnedNode)) {
    say('The native cryptography of ssh2 could not be built; SSH works, and costs more CPU.');
  }
  onDone();
}

function npm(cwd, args) {
  const options = { cwd, stdio: ['ignore', 2, 2], shell: windows };
  return spawnSync(windows ? 'npm.cmd' : 'npm', [...args, '--loglevel=error'], options).status === 0;
}

/** Waits for whoever holds the file, unless that process is gone; answers how to give it back. */
function takeLock(file) {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const release = () => rmSync(file, { force: true });
      process.on('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(Number(readIfThere(file)))) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) say('Another start is installing; waiting for it …');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
