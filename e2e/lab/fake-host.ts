import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LabKey, makeKey } from './keys.ts';
import { stopProcess, track } from './stopping.ts';

/** What a fake host does with a command. */
export type Behaviour =
  /** Runs it in a real `sh` on this machine. */
  | 'shell'
  /** Never answers when a channel is asked for. */
  | 'no channel'
  /** Opens the channel and never answers the command. */
  | 'silent'
  /** Runs it, sends `bytes` of its output, and cuts the connection there. */
  | 'cut'
  /** Prints 100 MB and more, as fast as it is taken. */
  | 'endless'
  /** As `shell`, but never reads what is sent to it. */
  | 'deaf';

export interface FakeHostOptions {
  readonly behaviour?: Behaviour;
  /** Where `cut` cuts, in bytes of output. */
  readonly bytes?: number;
  /** How to log in; nothing set lets nobody in, an empty list of methods offers none. */
  readonly password?: string;
  readonly keyboardInteractive?: { prompt: string; echo?: boolean; answer: string };
  /** Rounds of keyboard-interactive, each with its own prompts; all must be answered right. */
  readonly rounds?: readonly {
    readonly instruction?: string;
    readonly prompts: readonly { readonly prompt: string; readonly echo?: boolean; readonly answer: string }[];
  }[];
  /** Asks the rounds over and over again, whatever is answered. */
  readonly asksForEver?: boolean;
  /** Printed before the sign-in. */
  readonly banner?: string;
  /** What must have been accepted before keyboard-interactive is offered at all: two factors. */
  readonly before?: 'publickey' | 'password';
  /** In place of an answer to a password, or to the last round of prompts. */
  readonly insteadOfAnswer?: 'hang up' | 'say nothing';
  /** Connects further, as a jump host. */
  readonly forwards?: boolean;
  /** A public key, `ssh-ed25519 AAAA…`, or `any`. */
  readonly publicKey?: string;
  readonly none?: boolean;
  readonly methods?: readonly string[];
  /** Sets of algorithms for ssh2.Server: to allow only what a client does not have. */
  readonly algorithms?: Record<string, readonly string[]>;
  /** A module that exports `serve(channel, { user, command, port })` and stands in for the behaviour: for replays. */
  readonly module?: string;
  /** Listens on so many ports, each a host. */
  readonly ports?: number;
}

export interface FakeHost {
  readonly address: '127.0.0.1';
  readonly port: number;
  readonly ports: readonly number[];
  readonly hostKey: LabKey;
  readonly hostKeyFingerprint: string;
  readonly pid: number;
  /** Everything that clients tried to log in with, in order: methods, never secrets. */
  attempts(): Promise<string[]>;
  /** Dies without a goodbye. */
  die(): void;
  stop(): Promise<void>;
}

/** An `ssh2.Server` in a process of its own, for faults that have to be exact and hosts that have to be many. */
export async function startFakeHost(options: FakeHostOptions = {}): Promise<FakeHost> {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-fake-'));
  const hostKey = makeKey(directory, 'host');
  const settings = JSON.stringify({ ...options, hostKey: readFileSync(hostKey.file, 'utf8') });
  const program = new URL('./fake-host-process.ts', import.meta.url).pathname;
  const child = fork(program, [], { execArgv: [], env: { ...process.env, FAKE_HOST: settings } });
  track(child);
  const ports = await new Promise<number[]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The fake host ended at once, exit ${code}`)));
    child.once('message', (message: { ports: number[] }) => resolve(message.ports));
  });
  return {
    address: '127.0.0.1',
    port: ports[0] ?? 0,
    ports,
    hostKey,
    hostKeyFingerprint: hostKey.fingerprint,
    pid: child.pid ?? 0,
    async attempts() {
      const answer = new Promise<string[]>((resolve) => {
        child.once('message', (message: { attempts: string[] }) => resolve(message.attempts));
      });
      child.send('attempts');
      return answer;
    },
    die: () => void child.kill('SIGKILL'),
    async stop() {
      await stopProcess(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
