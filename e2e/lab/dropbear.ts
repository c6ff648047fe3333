import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { makeKey } from './keys.ts';
import { startMortal, stopProcess } from './stopping.ts';

export interface Dropbear {
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  stop(): Promise<void>;
}

const program = '/usr/sbin/dropbear';

/** Why no dropbear can be started here; null when one can. */
export function whyNoDropbear(): string | null {
  if (!existsSync(program)) return 'dropbear is not installed';
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no mount namespace can be made, and dropbear only reads keys in the home of the user';
  }
}

/** The ssh server of routers and small boxes; it sees a home directory of its own in place of the user's. */
export async function startDropbear(): Promise<Dropbear> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-dropbear-'));
  const key = makeKey(directory, 'id_lab');
  const home = join(directory, 'home');
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, '.ssh', 'authorized_keys'), `${key.publicKey}\n`, { mode: 0o600 });
  const hostKey = join(directory, 'host_key');
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', hostKey], { stdio: 'ignore' });
  const port = await freePort();
  const script = 'mount --bind "$1" "$2" && exec "$3" -F -E -r "$4" -p "127.0.0.1:$5" -P "$1/pid"';
  const args = ['--mount', 'sh', '-c', script, 'sh', home, homedir(), program, hostKey, String(port)];
  const child = startMortal('unshare', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`dropbear ended at once: ${said}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk).slice(-4000);
      if (/Not backgrounding/.test(said)) resolve();
    });
  });
  return {
    port,
    user: userInfo().username,
    identityFile: key.file,
    async stop() {
      await stopProcess(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
