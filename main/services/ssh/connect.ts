import type { Duplex } from 'node:stream';
import { FaultError } from '../../contract/faults.ts';
import type { ConnectStep } from '../../contract/hosts.ts';
import type { Connect, ConnectPrompts } from '../../domain/collect/transport.ts';
import { BeyondSsh2 } from '../../domain/ssh/choose-transport.ts';
import { type SshRoute, serverOf } from '../../domain/ssh/route.ts';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { agentKeysOf } from './agent.ts';
import { approach } from './approach.ts';
import { keysBeyondSsh2 } from './beyond-keys.ts';
import { handshake } from './handshake.ts';
import { prepareHostKeyCheck } from './host-key.ts';
import { keepAlive } from './keepalive.ts';
import { readKeyFiles } from './key-file.ts';
import { type SshLimits, sshLimits } from './limits.ts';
import { createLink, type Link } from './link.ts';
import { passwordName } from './password-name.ts';
import type { SecretKeeper } from './secret-keeper.ts';
import type { HeldLink, SharedHops } from './shared-hops.ts';
import { createTransport } from './ssh2-transport.ts';
import type { Release, Turns } from './turns.ts';

export interface SshOptions {
  /** Rackside's own known_hosts. */
  readonly knownHostsFile: string;
  /** Where keys of hosts go that the technician trusted: there, or into the file that ssh itself would write. */
  readonly keepKeysIn?: () => 'own' | 'user';
  readonly secrets: SecretKeeper;
  /** Jump hosts that several connections go through. */
  readonly hops: SharedHops;
  /** Spreads storms: sshd turns away at random once ten connections have not signed in (`MaxStartups 10:30:100`). */
  readonly serverTurns: Turns;
  /** A handshake costs milliseconds of processor; what is live must not wait for hundreds of them. */
  readonly handshakeTurns: Turns;
  /** Milliseconds that only go forward, for durations. */
  readonly now: () => number;
  readonly limits?: Partial<SshLimits>;
  /** Whether the system's `ssh` is there, for keys that ssh2 cannot use; left out, it is not. */
  hasOpenssh?(): Promise<boolean>;
}

const longestTurnMs = 1000;

/**
 * How to connect to a host by ssh2, through the hosts that its route names. The steps `dns` to `authentication` are told
 * for each hop while connecting, `channel` when the first program is started. Throws a `FaultError` that names the step,
 * and the hop where it is not the host itself; what was opened for it is closed by then.
 */
export function createSshConnect(route: SshRoute, options: SshOptions): Connect {
  const limits = { ...sshLimits, ...options.limits };
  return async (prompts, signal) => {
    const link = await open(route, options, limits, prompts, signal);
    return createTransport(link, {
      limits,
      now: options.now,
      through: route.hops.slice(0, -1).map(({ alias }) => alias),
      onFirstStart: () => prompts.onStep('channel'),
      another: (anotherSignal) => open(route, options, limits, { ...prompts, onStep: () => {} }, anotherSignal),
    });
  };
}

/** The link of the last hop of a route, which holds those before it as long as it lives. */
async function open(
  route: SshRoute,
  options: SshOptions,
  limits: SshLimits,
  prompts: ConnectPrompts,
  signal: AbortSignal,
): Promise<Link> {
  const before = await holdBefore(route, options, limits, prompts, signal);
  try {
    const link = await enter(route, before?.link ?? null, options, limits, prompts, signal);
    link.onClose(() => before?.letGo());
    return link;
  } catch (error) {
    before?.letGo();
    throw error;
  }
}

/** The link of the hop next to the host, through those before it; null where the host is reached directly. */
async function holdBefore(
  route: SshRoute,
  options: SshOptions,
  limits: SshLimits,
  prompts: ConnectPrompts,
  signal: AbortSignal,
): Promise<HeldLink | null> {
  const hops = route.hops.slice(0, -1);
  const hop = hops.at(-1);
  if (hop === undefined) return null;
  const asHop: ConnectPrompts = { ...prompts, onStep: (step, at) => prompts.onStep(step, at ?? hop.alias) };
  // All that is configured counts: one alias may check keys that another does not.
  const key = JSON.stringify(hops);
  const openHop = (wanted: AbortSignal): Promise<Link> =>
    open({ hops }, options, limits, asHop, wanted).catch((error) => {
      throw atHop(hop, error);
    });
  asHop.onStep('tcp');
  return options.hops.hold(key, openHop, signal);
}

/** Signs in to the last hop of a route. */
async function enter(
  route: SshRoute,
  via: Link | null,
  options: SshOptions,
  limits: SshLimits,
  prompts: ConnectPrompts,
  signal: AbortSignal,
): Promise<Link> {
  const hop = route.hops.at(-1) as SshSettings;
  const before = route.hops.slice(0, -1);
  const onStep = (step: ConnectStep) => prompts.onStep(step);
  // Before the stream is open: a host that hangs up at once must find somebody listening.
  const [hostKey, credentials] = await Promise.all([
    prepareHostKeyCheck(hop, { own: options.knownHostsFile, keepIn: options.keepKeysIn?.() ?? 'own' }),
    gatherCredentials(hop, limits, options, signal),
  ]);
  const leaveServer = await options.serverTurns.take(serverOf(route), signal);
  let leaveHandshake: Release = () => {};
  // One that waits for its host, or for a person, costs nothing, and must not keep others waiting.
  const patience = setTimeout(() => leaveHandshake(), longestTurnMs);
  try {
    const way = await approach(hop, via, limits, onStep, signal);
    // Nobody else listens while it waits for its turn.
    way.stream.on('error', ignore);
    way.stream.once('end', destroy);
    try {
      leaveHandshake = await options.handshakeTurns.take('handshake', signal);
    } catch (error) {
      way.stream.destroy();
      throw error;
    }
    patience.refresh();
    const needs = {
      ...{ hostKey, credentials, keeper: options.secrets, limits },
      passwordName: passwordName(hop, before),
      onAsk: () => {
        leaveHandshake();
        leaveServer();
      },
    };
    const { client, note } = await handshake(way, hop, needs, prompts, signal);
    const notes = [...(via?.note ? [`${via.hop.alias}: ${via.note}`] : []), ...(note === null ? [] : [note])];
    const link = createLink(client, way.stream, hop, notes.length > 0 ? notes.join('; ') : null);
    keepAlive(way.stream, hop, limits, link);
    return link;
  } finally {
    clearTimeout(patience);
    leaveHandshake();
    leaveServer();
  }
}

const ignore = () => {};

/** ssh2 takes the end of a stream that is half open for silence. */
function destroy(this: Duplex): void {
  this.destroy();
}

async function gatherCredentials(hop: SshSettings, limits: SshLimits, { hasOpenssh }: SshOptions, signal: AbortSignal) {
  const [keys, agent] = await Promise.all([
    readKeyFiles(hop.identityFiles, hop.identityFilesNamed),
    agentKeysOf(hop.identityAgent, limits.agentMs, signal),
  ]);
  return {
    agent: agent.agent,
    agentKeys: agent.keys,
    files: keys.files,
    problems: [...agent.problems, ...keys.problems],
    beyond: async () => {
      // Asking for a program costs a process, and hardly anybody has such a key.
      const reason = await keysBeyondSsh2(hop, limits.agentMs);
      return reason !== null && (await hasOpenssh?.()) === true ? reason : null;
    },
  };
}

/** The same fault, said of a host on the way. One that is said already stays: the hop that failed is the farthest reached. */
function atHop(hop: SshSettings, error: unknown): unknown {
  if (!(error instanceof FaultError) || error.fault.hop !== undefined || error.fault.code === 'cancelled') return error;
  const { code, step, message } = error.fault;
  const said = `On the way, at ${hop.alias}: ${message}`;
  if (error instanceof BeyondSsh2) {
    return new BeyondSsh2(step, said, `${error.reason} (${hop.alias})`, { code, cause: error, hop: hop.alias });
  }
  return new FaultError(code, step, said, { cause: error, hop: hop.alias });
}
