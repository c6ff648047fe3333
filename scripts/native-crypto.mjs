// Builds ssh2's native cryptography for the pinned Node. `npm ci` runs under the system's Node, builds it against that
// one's headers, and the pinned Node cannot load it. The pinned Node's own headers come in its npm package, so the
// registry is enough. Optional: where it cannot be done (no compiler, no network) ssh2 runs in JavaScript, slower, and
// `console.about` says so. Plain JavaScript, like the script that calls it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A download that hangs and a compiler that does not end cost this much, once. */
const limitMs = 60000;

/** True when the pinned Node can load the native part; `problem` is told otherwise. */
export function buildNativeCrypto(root, pinnedNode) {
  const folder = join(root, 'node_modules', 'ssh2', 'lib', 'protocol', 'crypto');
  const binding = join(folder, 'build', 'Release', 'sshcrypto.node');
  const loads = () =>
    spawnSync(pinnedNode, ['-e', `require(${JSON.stringify(binding)})`], { stdio: 'ignore', timeout: limitMs })
      .status === 0;
  if (!existsSync(folder) || loads()) return true;
  const gyp = findGyp();
  if (gyp === null || process.platform === 'win32') return false;

  const scratch = mkdtempSync(join(tmpdir(), 'rackside-headers-'));
  const run = (command, args, cwd, env = process.env) =>
    spawnSync(command, args, { cwd, env, stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' }).status === 0;
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8'));
    const name = `node-${process.platform}-${process.arch}@${version}`;
    if (!run('npm', ['pack', '--silent', '--fetch-retries=0', '--fetch-timeout=20000', name], scratch)) return false;
    const tarball = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined || !run('tar', ['xzf', tarball], scratch)) return false;
    const args = [gyp, 'rebuild', `--nodedir=${join(scratch, 'package')}`, `--target=v${version}`];
    return run(pinnedNode, [...args, '--real_openssl_major=3'], folder, withoutNpmConfig(process.env)) && loads();
  } catch {
    return false;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** npm hands its configuration down as variables, and node-gyp lets them win over its arguments: `nodedir` among them. */
function withoutNpmConfig(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_config_/i.test(name)));
}

/** npm brings node-gyp along. */
function findGyp() {
  const npm = process.env.npm_execpath;
  const places = [
    npm === undefined ? null : dirname(dirname(npm)),
    join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm'),
  ];
  for (const place of places) {
    if (place === null) continue;
    try {
      return createRequire(join(place, 'package.json')).resolve('node-gyp/bin/node-gyp.js');
    } catch {
      // Not there: the next place.
    }
  }
  return null;
}
