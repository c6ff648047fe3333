import { setTimeout as pause } from 'node:timers/promises';
import { FaultError } from '../../contract/faults.ts';
import type { Transport } from '../../domain/collect/transport.ts';
import { inSeconds } from './deadline.ts';
import type { SshLimits } from './limits.ts';
import type { Link } from './link.ts';
import { hasNativeCrypto } from './native-crypto.ts';
import { runCommand } from './run-command.ts';
import { sftpFiles } from './sftp-files.ts';
import { startShell } from './shell-channel.ts';

interface TransportNeeds {
  readonly limits: SshLimits;
  readonly now: () => number;
  /** Names of the hosts on the way. */
  readonly through: readonly string[];
  onFirstStart(): void;
  /** A second connection to the same host, for one that allows a single channel each (`MaxSessions 1`). */
  another(signal: AbortSignal): Promise<Link>;
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** A link as a transport. */
export function createTransport(link: Link, needs: TransportNeeds): Transport {
  const { limits, now, through } = needs;
  let started = false;
  const spares = createSpares(link, needs.another);
  const noted = link.note === null ? '' : `; beware: ${link.note}`;
  const by = `ssh2 with ${hasNativeCrypto() ? 'native' : 'JavaScript'} crypto`;
  return {
    by: `${through.length === 0 ? by : `${by}, through ${listed(through)}`}${noted}`,
    async start(signal) {
      if (!started) needs.onFirstStart();
      const isFirst = !started;
      started = true;
      try {
        return await startShell(link, limits, signal);
      } catch (error) {
        if (isFirst || !isRefusal(error) || link.isClosed()) throw error;
        const second = await spares.take(signal);
        try {
          const channel = await patiently(() => startShell(second, limits, signal));
          channel.onClose(() => spares.give(second));
          return channel;
        } catch (again) {
          spares.give(second);
          throw again;
        }
      }
    },
    async run(line, run) {
      try {
        return await runCommand(link, line, run, limits, now);
      } catch (error) {
        if (!isRefusal(error) || link.isClosed()) throw error;
        const second = await spares.take(run.signal);
        try {
          return await patiently(() => runCommand(second, line, run, limits, now));
        } finally {
          spares.give(second);
        }
      }
    },
    async files(signal) {
      const { hostName } = link.hop;
      const expired = `${hostName} did not start sftp within ${inSeconds(limits.channelMs)}.`;
      const sftp = await link.openSftp({ ms: limits.channelMs, signal, step: 'sftp', expired });
      return sftpFiles(sftp, hostName, signal);
    },
    probe: (ms) => void link.probe(ms),
    onClose: link.onClose,
    close: link.close,
  };
}

/** sshd counts a channel until it has seen its program end, which may be after it was closed. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRefusal(error) || attempt === 5) throw error;
      await pause(attempt * 100);
    }
  }
}

/** Where one command follows another, the second connection waits for it, and no code is asked for each time. */
const spareMs = 60_000;

function createSpares(link: Link, another: (signal: AbortSignal) => Promise<Link>) {
  const idle = new Map<Link, NodeJS.Timeout>();
  const end = (spare: Link) => {
    clearTimeout(idle.get(spare));
    idle.delete(spare);
    spare.close();
  };
  link.onClose(() => {
    for (const spare of [...idle.keys()]) end(spare);
  });
  return {
    async take(signal: AbortSignal): Promise<Link> {
      for (const [spare, timer] of idle) {
        clearTimeout(timer);
        idle.delete(spare);
        if (!spare.isClosed()) return spare;
      }
      return another(signal);
    },
    give(spare: Link): void {
      if (link.isClosed()) spare.close();
      else if (!spare.isClosed()) idle.set(spare, setTimeout(() => end(spare), spareMs).unref());
    },
  };
}

/** A host that opens no further channel, `MaxSessions 1` say. */
function isRefusal(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'not_permitted';
}
