import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type KeyOptions, type LabKey, makeKey, missing } from './keys.ts';
import type { LabNetwork } from './network.ts';
import { startMortal, stopProcess } from './stopping.ts';

export interface SshdOptions {
  /** Further lines of sshd_config, before ours, so that they win. */
  readonly config?: readonly string[];
  /** The key to log in with; ed25519 without a passphrase unless said otherwise. */
  readonly key?: KeyOptions;
  /** Types of host keys, the first is told in the answer. */
  readonly hostKeys?: readonly ('ed25519' | 'rsa' | 'ecdsa')[];
  /** A directory whose programs come before the machine's: stand-ins for zpool, pvesh and the like. */
  readonly path?: string;
  /** Run in place of any command, as a login shell that is not one; it finds the command in SSH_ORIGINAL_COMMAND. */
  readonly forcedCommand?: string;
  /** What the host says before authentication. */
  readonly banner?: string;
  readonly port?: number;
  /** Where it runs, in place of this machine's own network. */
  readonly network?: LabNetwork;
  /** Program and arguments in front of it: what it runs in, in place of this machine's own files. */
  readonly enter?: readonly string[];
}

export interface Sshd {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly identityFile: string;
  readonly key: LabKey;
  readonly hostKey: LabKey;
  readonly hostKeyFingerprint: string;
  readonly hostKeyFile: string;
  /** Everything of this host; gone after `stop`. */
  readonly directory: string;
  /** Of the listener: sessions are below it. */
  readonly pid: number;
  stop(): Promise<void>;
}

const sshdFiles = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'];

/** A port that was free may be somebody's a moment later: connections take theirs from the same range. */
const portAttempts = 5;

/** A real OpenSSH server on loopback, on a free port, with keys made for this run; it lets the current user in. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('Address already in use');
      if (!taken || options.port !== undefined || attempt === portAttempts) throw error;
    }
  }
}

async function startOnce(options: SshdOptions): Promise<Sshd> {
  const program = sshdFiles.find((file) => existsSync(file));
  if (!program) throw missing('sshd');
  // sshd gives up its privileges into this directory, which only exists once the service was started.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });

  const directory = mkdtempSync(join(tmpdir(), 'rackside-sshd-'));
  const hostKeys = (options.hostKeys ?? ['ed25519']).map((type) => makeKey(directory, `host_${type}`, { type }));
  const hostKey = hostKeys[0];
  if (!hostKey) throw new Error('An sshd needs a host key');
  const key = makeKey(directory, 'id_lab', options.key);
  const port = options.port ?? (await freePort());
  const address = options.network?.address ?? '127.0.0.1';
  const config = join(directory, 'sshd_config');
  writeFileSync(join(directory, 'authorized_keys'), `${key.publicKey}\n`, { mode: 0o600 });
  if (options.banner !== undefined) writeFileSync(join(directory, 'banner'), options.banner);
  writeFileSync(config, configFor(directory, `${address}:${port}`, hostKeys, options));

  const [first, ...rest] = [
    ...(options.network?.enter ?? []),
    ...(options.enter ?? []),
    program,
    '-D',
    '-e',
    '-f',
    config,
  ];
  const child = startMortal(first as string, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`sshd ended at once: ${log}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-20_000);
      if (/Server listening on/.test(log)) resolve();
    });
  });
  return {
    address,
    port,
    user: userInfo().username,
    identityFile: key.file,
    key,
    hostKey,
    hostKeyFingerprint: hostKey.fingerprint,
    hostKeyFile: `${hostKey.file}.pub`,
    directory,
    pid: child.pid ?? 0,
    async stop() {
      await stopProcess(child);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function configFor(directory: string, listen: string, hostKeys: readonly LabKey[], options: SshdOptions): string {
  return [
    ...(options.config ?? []),
    `ListenAddress ${listen}`,
    `PidFile ${directory}/pid`,
    ...hostKeys.map((one) => `HostKey ${one.file}`),
    `AuthorizedKeysFile ${directory}/authorized_keys`,
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'UseDNS no',
    'MaxStartups 100',
    ...(options.config?.some((line) => line.startsWith('Subsystem sftp')) ? [] : ['Subsystem sftp internal-sftp']),
    // A home of its own: what the user's shell does at its start on this machine is nothing that a test should wait for.
    `SetEnv HOME=${directory} PATH=${[...(options.path ? [options.path] : []), process.env.PATH ?? '/usr/bin:/bin'].join(':')}`,
    ...(options.forcedCommand ? [`ForceCommand ${options.forcedCommand}`] : []),
    ...(options.banner === undefined ? [] : [`Banner ${directory}/banner`]),
    '',
  ].join('\n');
}
