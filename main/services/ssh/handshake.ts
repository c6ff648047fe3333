import type { AuthHandlerMiddleware, Client, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep } from '../../contract/hosts.ts';
import type { ConnectPrompts } from '../../domain/collect/transport.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { algorithmsFor } from './algorithms.ts';
import type { Approach } from './approach.ts';
import type { Ask } from './asked-secret.ts';
import { type Credentials, createAuthentication } from './authentication.ts';
import { cancelled, createWatch } from './deadline.ts';
import { expiredFault, handshakeFault, lateFault, unansweredFault } from './handshake-fault.ts';
import type { HostKeyCheck, HostKeyTrust } from './host-key.ts';
import type { SshLimits } from './limits.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import { forgetExchange, onMethods, shareOffer } from './ssh2-internals.ts';

const maxHostKeys = 32;

/** What ssh2 tells until the host has let us in. */
const ofSignIn = ['handshake', 'ready', 'error', 'close', 'change password'] as const;

/** ssh2 tells of one failure several times, and an error event that nobody hears ends the process. */
const ignore = () => {};

export interface HandshakeNeeds {
  readonly hostKey: HostKeyCheck;
  readonly credentials: Credentials;
  readonly keeper: SecretKeeper;
  /** What the password is kept as. */
  readonly passwordName: string;
  readonly limits: SshLimits;
  /** A person is asked: it will take its time. */
  onAsk(): void;
}

export interface Entered {
  readonly client: Client;
  /** What has to be shown about the host's key as long as the connection lives; null: nothing. */
  readonly note: string | null;
}

/**
 * From a stream of bytes to an authenticated client: key exchange, host key, authentication, each with its own
 * deadline, which stands still while the technician is asked. Whatever fails destroys the stream.
 */
export function handshake(
  { stream, said }: Approach,
  hop: SshSettings,
  needs: HandshakeNeeds,
  prompts: ConnectPrompts,
  signal: AbortSignal,
): Promise<Entered> {
  const { limits } = needs;
  const client = new ssh2.Client();
  const done = Promise.withResolvers<Entered>();
  const over = new AbortController();
  let step: ConnectStep = 'key exchange';
  let trust: HostKeyTrust | null = null;
  let settled = false;
  let asking = false;
  let heard = false;

  const watch = createWatch(() => fail(decided(lateFault(hop, step, { heard, said: said() }, limits))));
  const onAbort = () => fail(cancelled(step));
  signal.addEventListener('abort', onAbort, { once: true });

  function settle(): boolean {
    if (settled) return false;
    settled = true;
    watch.stop();
    over.abort();
    handler.release();
    signal.removeEventListener('abort', onAbort);
    return true;
  }
  function fail(error: unknown): void {
    if (!settle()) return;
    stream.destroy();
    done.reject(error);
  }
  function enter(next: ConnectStep, ms: number): void {
    step = next;
    prompts.onStep(next);
    watch.restart(ms);
  }
  /** Asks only as long as the connection lives: an answer that nobody waits for must not be asked for. */
  const ask: Ask = async (question) => {
    watch.pause();
    needs.onAsk();
    asking = true;
    try {
      return await prompts.ask(question, over.signal);
    } finally {
      asking = false;
      watch.resume();
    }
  };

  const authentication = createAuthentication(hop, {
    ...needs,
    ...{ ask, fail },
    onSecret: () => watch.restart(limits.secondFactorMs),
  });

  /** What the end of the connection comes to, seen from what it was told before. */
  function decided(fault: FaultError): FaultError {
    if (step !== 'authentication' || !authentication.wasTold()) return fault;
    const { message } = fault.fault;
    return new FaultError('auth_failed', step, `${message} It is not tried again by itself.`, { cause: fault });
  }
  function hangUp(error: (Error & { level?: string; code?: unknown }) | null): void {
    if (settled) return;
    if (!asking) authentication.hungUp();
    const ended = handshakeFault(hop, step, error, { heard, said: said() });
    fail(asking ? unansweredFault(hop, step) : decided(ended));
  }

  const handler = releasable((...[left, partial, next]: Parameters<AuthHandlerMiddleware>) => {
    watch.restart(limits.authenticationMs);
    authentication.handler(left, partial, next);
  });
  const verify = onceThenSame((key, answer) => {
    enter('host key', limits.keyExchangeMs);
    needs.hostKey.verify(key, ask).then(
      (given) => {
        if (settled) return;
        trust = given;
        answer(true);
      },
      (error) => {
        fail(error);
        answer(false);
      },
    );
  });

  client.on('handshake', () => {
    if (!settled && step !== 'authentication') enter('authentication', limits.authenticationMs);
  });
  client.on('ready', () => {
    if (!settle()) return;
    authentication.accept();
    forgetMethods();
    forgetExchange(client);
    for (const event of ofSignIn) client.removeAllListeners(event);
    client.on('error', ignore);
    done.resolve({ client, note: trust?.note ?? null });
  });
  learnKeys(client, needs.hostKey);
  client.on('error', (error: Error & { level?: string; code?: unknown }) => {
    if (settled) return;
    // The agent refusing to sign is not the end: the next key is tried by itself.
    if (error.level === 'agent') return;
    if (step === 'authentication' && typeof error.code === 'number') fail(authentication.fault(error.message));
    else hangUp(error);
  });
  client.on('close', () => hangUp(null));
  client.on('change password', () => fail(expiredFault(hop)));

  let forgetMethods = () => {};
  enter('key exchange', limits.keyExchangeMs);
  if (signal.aborted) onAbort();
  else if (stream.destroyed) fail(handshakeFault(hop, step, null, { heard, said: said() }));
  else {
    client.connect({
      sock: stream,
      username: hop.user,
      algorithms: algorithmsFor(hop.algorithms, needs.hostKey.knownTypes, hop.compression),
      hostVerifier: verify,
      authHandler: handler.call,
      // Ours, per step: ssh2's own would count the time that a technician takes to answer.
      readyTimeout: 0,
      // Ours too: ssh2's asks a host that speaks all the time as often as one that is silent.
      keepaliveInterval: 0,
    });
    shareOffer(client);
    forgetMethods = onMethods(client, (methods) =>
      authentication.offer(trust?.secrets === false ? keysOnly(methods) : methods),
    );
    stream.once('data', () => {
      heard = true;
    });
  }
  return done.promise;
}

/** ssh2 keeps its handlers as long as the connection lives. Released, this one keeps nothing of the sign-in, and does nothing. */
function releasable<Args extends unknown[]>(handler: (...args: Args) => void) {
  let held: typeof handler | null = handler;
  return {
    call: (...args: Args) => held?.(...args),
    release: () => {
      held = null;
    },
  };
}

type Verify = (key: Buffer, answer: (accepted: boolean) => void) => void;

/** Asks once. A key exchange that is repeated on a running connection must show the key that was accepted. */
function onceThenSame(first: Verify): Verify {
  let ask: Verify | null = first;
  let accepted: Buffer | null = null;
  return (key, answer) => {
    if (ask === null) {
      answer(accepted?.equals(key) === true);
      return;
    }
    ask(key, (isAccepted) => {
      ask = null;
      accepted = isAccepted ? Buffer.from(key) : null;
      answer(isAccepted);
    });
  };
}

/** A host has a handful of keys, and tells of them once; one that goes on telling is not obeyed. */
function learnKeys(client: Client, hostKey: HostKeyCheck): void {
  client.once('hostkeys', (keys: ParsedKey[]) => {
    if (keys.length <= maxHostKeys) hostKey.learn(keys.map((key) => key.getPublicSSH()));
  });
}

/** Of the methods that a host offers, that one which tells it nothing that it could use elsewhere. */
function keysOnly(offered: readonly string[]): string[] {
  return offered.filter((method) => method === 'publickey');
}
