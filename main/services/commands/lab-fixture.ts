import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../domain/collect/transport.ts';

/** Processes whose command line holds that text: what is left of a test's own commands. */
export function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(text));
}

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

/**
 * Shells of `nobody` where the real sudo reads these lines as its sudoers and knows a password. They are in a mount
 * namespace of their own: nothing of this machine is changed. Answers why that cannot be had, where it cannot.
 */
export function sudoHost(sudoers: readonly string[]): { transport: Transport; stop(): void } | string {
  if (process.getuid?.() !== 0) return 'only root can give sudo other rules';
  const directory = mkdtempSync(join(tmpdir(), 'rackside-sudo-'));
  const stop = () => rmSync(directory, { recursive: true, force: true });
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text, { mode: 0o440 });
    return join(directory, name);
  };
  try {
    const hash = execFileSync('openssl', ['passwd', '-6', labPassword], { encoding: 'utf8' }).trim();
    const shadow = readFileSync('/etc/shadow', 'utf8').replace(/^nobody:[^:]*:/m, `nobody:${hash}:`);
    const enter = [
      `mount --bind ${file('sudoers', [...sudoers, ''].join('\n'))} /etc/sudoers`,
      `mount --bind ${file('shadow', shadow)} /etc/shadow`,
      'exec setpriv --reuid nobody --regid nogroup --clear-groups env HOME=/ "$@"',
    ].join(' && ');
    const args = ['-m', 'sh', '-c', enter, 'sh'];
    execFileSync('unshare', [...args, 'sudo', '--version'], { stdio: 'pipe' });
    return { transport: shellsOf('unshare', [...args, 'sh']), stop };
  } catch (error) {
    stop();
    return `no sudo in a mount namespace here: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
}
