import { access } from 'node:fs/promises';
import { FaultError } from '../../contract/faults.ts';
import type { ConnectPrompts } from '../../domain/collect/transport.ts';
import { opensshFault, opensshSilence } from '../../domain/ssh/openssh-fault.ts';
import type { OpensshLog } from '../../domain/ssh/openssh-log.ts';
import type { OpensshWay } from '../../domain/ssh/openssh-words.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import type { Asker } from './asker.ts';
import type { Leashed } from './leashed.ts';

export interface MasterLimits {
  /** So long may `ssh` say nothing while it connects; time that a technician takes to answer is not counted. */
  readonly silenceMs: number;
}

/** Longer than the deadlines of ssh itself, whose words say more. */
export const masterLimits: MasterLimits = { silenceMs: 30_000 };

interface MasterNeeds {
  readonly way: OpensshWay;
  readonly socket: string;
  readonly log: OpensshLog;
  readonly asker: Asker;
  readonly limits: MasterLimits;
  readonly prompts: ConnectPrompts;
}

/**
 * Waits until `ssh -v` is signed in on every host of the way and takes channels. What it tells becomes steps, and a
 * fault when it ends; a deadline or an abort ends it.
 */
export async function startMaster(ssh: Leashed, needs: MasterNeeds, signal: AbortSignal): Promise<void> {
  const { way, log, asker, limits, prompts } = needs;
  const host = way.hops.at(-1) as SshSettings;
  const done = Promise.withResolvers<void>();
  const decoder = new TextDecoder('utf-8');
  let connected = false;
  let timer: NodeJS.Timeout | undefined;

  const fail = (error: FaultError) => done.reject(asFinal(error, asker));
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (asker.asking()) watch();
      else fail(opensshSilence(log, host, `${limits.silenceMs / 1000} s`));
    }, limits.silenceMs);
  };
  const onAbort = () => done.reject(new FaultError('cancelled', log.step(), 'Cancelled.'));

  prompts.onStep('dns');
  watch();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  ssh.stdin.end();
  ssh.stdout.resume();
  ssh.stderr.on('data', (chunk: Buffer) => {
    // It goes on telling for as long as it lives.
    if (connected) return;
    watch();
    log.push(decoder.decode(chunk, { stream: true }));
    if (!log.ready()) return;
    // A host can say anything; a socket it cannot make.
    connected = true;
    access(needs.socket).then(done.resolve, () => fail(opensshFault(log, way)));
  });
  void asker.over.then(fail);
  void ssh.ended.then(() => fail(opensshFault(log, way)));
  try {
    await done.promise;
  } catch (error) {
    ssh.end();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Once something was asked for the sign-in, whatever ended it is the sign-in's failure: what was given may be wrong, and
 * must not be given again until the technician says so. A host that counts would lock the account.
 */
function asFinal(error: FaultError, asker: Asker): FaultError {
  const { step, hop, message } = error.fault;
  if (step !== 'authentication' || !asker.wasAsked(hop ?? null)) return error;
  asker.refuse(hop ?? null);
  return new FaultError('auth_failed', step, message, hop === undefined ? {} : { hop });
}
