import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../domain/collect/transport.ts';

/** A number of seconds to sleep that no other process on this machine sleeps. */
let marks = 0;
export const uniqueSleep = (): string => `9${process.pid}.${++marks}`;

/** A transport whose shells are those of a program on this machine; what else it could do is not needed here. */
export function shellsOf(program: string, args: readonly string[]): Transport {
  return {
    by: 'a test',
    start: async () => {
      const child = spawn(program, args, { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
      child.stdin.on('error', () => {});
      return {
        write: (text) => void child.stdin.write(text),
        onData: (listener) => void child.stdout.on('data', listener),
        onError: (listener) => void child.stderr.on('data', listener),
        onClose: (listener) => void child.once('close', listener),
        close: () => void child.stdin.end(),
      };
    },
    run: () => Promise.reject(new Error('not used')),
    onClose: () => {},
    close: () => {},
  };
}

/** The password of `nobody` where `sudoHost` is. */
export const labPassword = "it's geheim $HOME";

/** As shadow(5) keeps it. It goes over standard input: a test looks for the password in the list of processes. */
let hashed: string | null = null;
function passwordHash(): string {
  hashed ??= execFileSync('openssl', ['passwd', '-6', '-stdin'], { encoding: 'utf8', input: labPassword }).trim();
  return hashed;
}

/** Why there is no sudo in a mount namespace here; null where there is. It is tried once. */
let whyNot: string | null | undefined;
function whyNoSudo(): string | null {
  if (whyNot !== undefined) return whyNot;
  try {
    if (process.getuid?.() !== 0) throw new Error('only root can give sudo other rules');
    execFileSync('unshare', ['-m', 'sh', '-c', 'mount --bind /etc/shadow /etc/sudoers && exec sudo --version'], {
      stdio: 'pipe',
    });
    passwordHash();
    whyNot = null;
  } catch (error) {
    whyNot = `no sudo in a mount namespace here: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
  return whyNot;
}

/** A wrong password is refused at once, and not two seconds later. */
const pamSudo = 'auth required pam_unix.so nodelay\naccount required pam_unix.so\nsession required pam_unix.so\n';

/**
 * Shells of `nobody` where the real sudo reads these lines as its sudoers and knows a password. They are in a mount
 * namespace of their own: nothing of this machine is changed. Answers why that cannot be had, where it cannot. `first`:
 * what else root does there before, as a line of shell.
 */
export function sudoHost(sudoers: readonly string[], first = ':'): { transport: Transport; stop(): void } | string {
  const none = whyNoSudo();
  if (none !== null) return none;
  const directory = mkdtempSync(join(tmpdir(), 'rackside-sudo-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text, { mode: 0o440 });
    return join(directory, name);
  };
  const shadow = readFileSync('/etc/shadow', 'utf8').replace(/^nobody:[^:]*:/m, `nobody:${passwordHash()}:`);
  const enter = [
    `mount --bind ${file('sudoers', [...sudoers, ''].join('\n'))} /etc/sudoers`,
    `mount --bind ${file('shadow', shadow)} /etc/shadow`,
    `mount --bind ${file('pam', pamSudo)} /etc/pam.d/sudo`,
    first,
    'exec setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/ "$@"',
  ].join(' && ');
  return {
    transport: shellsOf('unshare', ['-m', 'sh', '-c', enter, 'sh', 'sh']),
    stop: () => rmSync(directory, { recursive: true, force: true }),
  };
}
