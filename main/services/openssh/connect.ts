import { FaultError } from '../../contract/faults.ts';
import type { Channel, Connect, ConnectPrompts, RunResult } from '../../domain/collect/transport.ts';
import { type OpensshUse, opensshArguments, opensshConfig } from '../../domain/ssh/openssh-config.ts';
import { createOpensshLog } from '../../domain/ssh/openssh-log.ts';
import type { SshRoute } from '../../domain/ssh/route.ts';
import type { SshSettings, SshWanted } from '../../domain/ssh/settings.ts';
import { type AskerNeeds, createAsker } from './asker.ts';
import { serveAskpass } from './askpass.ts';
import { type Leashed, startLeashed } from './leashed.ts';
import { type MasterLimits, masterLimits, startMaster } from './master.ts';
import { probe } from './probe.ts';
import { findOpenssh } from './program.ts';
import { createRuntimeFolder } from './runtime-folder.ts';
import { createShellStream, type ShellStream } from './shell-stream.ts';

interface Wait {
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly step: string;
  readonly expired: string;
}

/** What a shell on a host is started on: here, the system's `ssh`. */
export interface OpensshLink {
  readonly hop: SshSettings;
  openShell(wait: Wait): Promise<ShellStream>;
  within<T>(work: Promise<T>, wait: Wait): Promise<T>;
  isClosed(): boolean;
  onClose(listener: () => void): void;
}

/** How a login shell becomes `sh`, and one command is run in it: the same for every link. */
export interface Shells {
  start(link: OpensshLink, signal: AbortSignal): Promise<Channel>;
  run(
    link: OpensshLink,
    line: string,
    limits: { deadlineMs: number; maxBytes: number; signal: AbortSignal },
  ): Promise<RunResult>;
  within<T>(work: Promise<T>, wait: Wait): Promise<T>;
}

export interface OpensshOptions extends AskerNeeds {
  readonly shells: Shells;
  /** The configurations that apply, the technician's before the system's. */
  readonly configs: readonly string[];
  /** Where keys of hosts go that the technician trusted. */
  readonly knownHostsFile: string;
  /** In words: why it is this transport; null leaves it out. */
  readonly reason: string | null;
  readonly program?: string;
  readonly limits?: Partial<MasterLimits>;
}

/** For systems whose `ssh` has no control sockets. */
function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  const message = 'On Windows, Rackside does not yet use the system’s ssh: this host cannot be reached from here.';
  throw new FaultError('not_found', 'program', message);
}

/**
 * How to connect to a host with the system's `ssh`, as the technician would: their configuration applies, and what it
 * asks is put to them. One master process is the connection; each program is a channel of it. Throws a `FaultError`
 * that names the step, and the hop where it is not the host itself; nothing is left running then.
 */
export function createOpensshConnect(wanted: SshWanted, route: SshRoute, options: OpensshOptions): Connect {
  const host = route.hops.at(-1) as SshSettings;
  return async (prompts, signal) => {
    refuseWindows();
    const program = await findOpenssh(options.program);
    const folder = await createRuntimeFolder();
    const log = createOpensshLog((step, hop) => prompts.onStep(step, hop ?? undefined));
    const asker = createAsker(route, { log, version: program.version, prompts }, options);
    const askpass = await serveAskpass(folder, asker.answer).catch(async (error) => {
      await folder.remove();
      throw error;
    });
    const tidy = async () => {
      askpass.close();
      await folder.remove();
    };
    let master: Leashed | null = null;
    try {
      const files = { configs: options.configs, knownHosts: options.knownHostsFile };
      const config = await folder.write('config', opensshConfig(route, files), 0o600);
      const env = { ...process.env, ...askpass.environment };
      const use = { config, socket: folder.socket, version: program.version };
      const start = (role: OpensshUse['role']) =>
        startLeashed(program.path, opensshArguments(wanted, host, { ...use, role }), {
          env,
          ...(role === 'master' ? { folder: folder.path } : {}),
        });
      const ssh = start('master');
      master = ssh;
      void ssh.ended.then(tidy);
      const limits = { ...masterLimits, ...options.limits };
      const way = { hops: route.hops, knownHosts: options.knownHostsFile };
      await startMaster(ssh, { way, socket: folder.socket, log, asker, limits, prompts }, signal);
      asker.accept();
      const link = createLink(host, ssh, () => start('channel'), options.shells);
      return {
        ...transportOn(link, by(program.name, options.reason), options.shells, prompts),
        probe: (ms: number) => probe(start('probe'), ssh, ms),
        close: ssh.end,
      };
    } catch (error) {
      // What is still alive may put something into the folder.
      master?.end();
      await master?.ended;
      await tidy();
      throw error;
    }
  };
}

function createLink(hop: SshSettings, master: Leashed, open: () => Leashed, { within }: Shells): OpensshLink {
  const listeners = new Set<() => void>();
  let closed = false;
  void master.ended.then(() => {
    closed = true;
    for (const listener of listeners) listener();
  });
  return {
    hop,
    async openShell(wait) {
      if (closed) throw lost(hop, wait.step);
      if (wait.signal.aborted) throw new FaultError('cancelled', wait.step, 'Cancelled.');
      const stream = createShellStream(open());
      // Whatever ends the connection ends what runs on it.
      const onLost = () => void stream.destroy();
      listeners.add(onLost);
      stream.once('close', () => listeners.delete(onLost));
      return stream;
    },
    async within(work, wait) {
      try {
        return await within(work, wait);
      } catch (error) {
        if (error instanceof FaultError && error.fault.code === 'timeout') master.end();
        throw error;
      }
    },
    isClosed: () => closed,
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else listeners.add(listener);
    },
  };
}

function transportOn(link: OpensshLink, by: string, shells: Shells, prompts: ConnectPrompts) {
  let started = false;
  return {
    by,
    start(signal: AbortSignal) {
      if (!started) prompts.onStep('channel');
      started = true;
      return shells.start(link, signal);
    },
    run: (line: string, limits: Parameters<Shells['run']>[2]) => shells.run(link, line, limits),
    onClose: link.onClose,
  };
}

function by(program: string, reason: string | null): string {
  return `the system’s ssh (${program})${reason === null ? '' : `, because ${reason}`}`;
}

function lost(hop: SshSettings, step: string): FaultError {
  return new FaultError('disconnected', step, `The connection to ${hop.hostName} port ${hop.port} was lost.`);
}
