import type { ConnectStep } from '../../contract/hosts.ts';

/** One line that `ssh` said, with where it was just then. */
export interface LogLine {
  readonly text: string;
  readonly step: ConnectStep;
  /** The host on the way that it was at; null: the host itself. */
  readonly hop: string | null;
}

/** What `ssh -v` tells of a connection that it makes; a host chooses some of these words, so all of it is bounded. */
export interface OpensshLog {
  /** What came on standard error, in whatever pieces. */
  push(text: string): void;
  step(): ConnectStep;
  hop(): string | null;
  /** Signed in on every host of the way. */
  ready(): boolean;
  /** Some host was asked by keyboard-interactive, where the words of a question are its own. Never false again. */
  interactive(): boolean;
  /** What it said for people to read, without its account of each step: the first lines, and the last. */
  said(): readonly LogLine[];
  /** Methods that the host still offered when it last said so; null: it never did. */
  offered(): string | null;
  /** Something came before the host named itself; servers that speak something else do that. */
  foreign(): boolean;
  /** Files of user certificates that were offered to the host where it is now. */
  certificates(): readonly string[];
}

const maxLine = 2000;
const maxSaid = 60;
const maxHops = 16;
const maxCertificates = 8;

/** Lines that say nothing of why something failed. */
const chatter =
  /^(debug\d|OpenSSH_|Authenticated to |Transferred: |Bytes per second: |Pseudo-terminal will not|Warning: Permanently added|@{20})/;

/** Of one host these only follow one another: a banner that looks like such lines leads nowhere back. */
const order: readonly ConnectStep[] = ['dns', 'tcp', 'key exchange', 'host key', 'authentication'];

const interactiveBegins = 'debug1: Next authentication method: keyboard-interactive';

/**
 * Follows the lines of OpenSSH 7.6 to 10. With `ProxyJump`, the programs for the hosts on the way share one standard
 * error: each names its own jump before it goes there, and whoever signed in has spoken its last word that counts.
 * Jumps are believed only until something is connected to: before that, no host has a way to print anything.
 */
export function createOpensshLog(onStep: (step: ConnectStep, hop: string | null) => void): OpensshLog {
  const jumps: string[] = [];
  const said: LogLine[] = [];
  let certificates: string[] = [];
  let rest = '';
  let tail = '';
  let proxies = 0;
  let interactive = false;
  let step: ConnectStep = 'dns';
  let offered: string | null = null;
  let signedIn = false;
  let ready = false;
  let foreign = false;

  const hop = () => jumps.at(-1) ?? null;
  function begin(next: ConnectStep): void {
    step = next;
    onStep(step, hop());
  }
  function enter(next: ConnectStep): void {
    if (order.indexOf(next) >= order.indexOf(step)) begin(next);
  }

  function take(line: string): void {
    const text = line.replace(/\r+$/, '').slice(0, maxLine);
    const jump = /^debug1: Setting implicit ProxyCommand from ProxyJump: ssh .* ('?)([^' ]+)\1$/.exec(text)?.[2];
    if (jump !== undefined && step === 'dns' && jumps.length < maxHops) {
      jumps.push(jump);
      begin('dns');
    } else if (/^debug1: Executing proxy command: /.test(text)) {
      // Of a jump, the program that it starts tells by itself; one more is a ProxyCommand, which may print anything.
      if (++proxies > jumps.length) enter('tcp');
    } else if (/^debug1: Connecting to /.test(text)) enter('tcp');
    else if (/^debug1: (Connection established|Remote protocol version|Local version string)/.test(text)) {
      if (step === 'tcp' && !/Local/.test(text)) enter('key exchange');
    } else if (/^debug1: Server host key: /.test(text)) enter('host key');
    else if (/^debug1: SSH2_MSG_NEWKEYS received/.test(text) && step === 'host key') enter('authentication');
    else if (/^Authenticated to .* (\(via proxy\)|\(\[.*\]:\d+\)|\(.*\)) using "[a-z-]+"\.$/.test(text)) {
      certificates = [];
      offered = null;
      signedIn = jumps.length === 0;
      if (jumps.pop() !== undefined) begin('tcp');
    } else if (/^debug1: \w+_exchange_identification: banner line/.test(text)) foreign = true;
    else if (/^debug1: Entering interactive session/.test(text)) ready ||= signedIn;
    offered = /^debug1: Authentications that can continue: ([\w@.,-]{1,200})$/.exec(text)?.[1] ?? offered;
    const certificate = /^debug1: Offering public key: (.+) [A-Z0-9-]+-CERT SHA256:/.exec(text)?.[1];
    if (certificate !== undefined && certificates.length < maxCertificates) certificates.push(certificate);
    if (text.trim() === '' || chatter.test(text)) return;
    // The cause stands near the beginning or at the end; what a host says in between may be long.
    if (said.length >= maxSaid) said.splice(maxSaid / 2, 1);
    said.push({ text, step, hop: hop() });
  }

  return {
    push(text) {
      // Wherever it stands: a host may have printed, just before, a line that has no end.
      const recent = tail + text;
      interactive ||= recent.includes(interactiveBegins);
      tail = recent.slice(-interactiveBegins.length);
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(0, maxLine);
      for (const line of lines) take(line);
    },
    step: () => step,
    hop,
    ready: () => ready,
    interactive: () => interactive,
    said: () => (rest.trim() === '' || chatter.test(rest) ? said : [...said, { text: rest, step, hop: hop() }]),
    offered: () => offered,
    foreign: () => foreign,
    certificates: () => certificates,
  };
}
