import type { FaultCode } from '../../contract/faults.ts';
import { shellQuote } from '../policy/shell-quote.ts';
import { hostWords } from '../present/host-words.ts';
import { hostKeyCauses } from './openssh-host-key.ts';
import type { LogLine, OpensshLog } from './openssh-log.ts';
import type { SshSettings } from './settings.ts';

/** What was to be reached, for sentences: of each host on the way, and of the host itself at the end. */
export interface OpensshWay {
  readonly hops: readonly SshSettings[];
  /** Rackside's own file of known hosts, which is named to ssh before the others. */
  readonly knownHosts: string;
}

export interface Told {
  readonly log: OpensshLog;
  readonly way: OpensshWay;
  readonly line: LogLine;
  /** The host itself. */
  readonly host: SshSettings;
  /** The host on the way or the host itself, as a technician calls it. */
  readonly at: string;
}

export type ToldFault = readonly [code: FaultCode, step: string, message: string];
export type Rule = readonly [pattern: RegExp, fault: (found: RegExpExecArray, told: Told) => ToldFault];

/** What `ssh` says of a cause; the first line that does is the one to tell. */
export const causes: readonly Rule[] = [
  [
    /^command-line:? line \d+: (.+)$/,
    ([, said]) => ['bad_input', 'ssh config', `ssh does not take what Rackside tells it: ${hostWords(said ?? '')}.`],
  ],
  [
    /^(.+?):? line (\d+): (?:Bad configuration option: (.+)|(.+))$/,
    ([, file, line, option, rest]) => [
      'bad_input',
      'ssh config',
      option === undefined
        ? `ssh does not understand ${file} line ${line}: ${hostWords(rest ?? '')}.`
        : `${file} line ${line} has the option ${hostWords(option)}, which this ssh does not know: correct it, or name it in IgnoreUnknown.`,
    ],
  ],
  [
    /^Bad owner or permissions on (.+)$/,
    ([, file]) => [
      'bad_input',
      'ssh config',
      `ssh refuses ${file}, because others may write to it: run chmod 600 ${shellQuote(file ?? '')}.`,
    ],
  ],
  [
    /^Can't open user config file (.+?): (.+)$/,
    ([, file, why]) => ['bad_input', 'ssh config', `ssh cannot read ${file} (${why}).`],
  ],
  [
    /^Could not resolve hostname (.+?): (.+)$/,
    ([, name, why]) => [
      'unreachable',
      'dns',
      `The name “${name}” is not known (${why}): check its spelling, the name server, or a VPN.`,
    ],
  ],
  [
    /^connect to host (\S+) port (\d+): (.+)$/,
    ([, address, port, why]) => connectFault(`${address} port ${port}`, why ?? ''),
  ],
  [
    /^(?:channel \d+: open failed|open failed): (.+)$/,
    ([, why], { at, host }) => [
      'unreachable',
      'tcp',
      `The host on the way cannot reach ${at === host.alias ? `${host.hostName} port ${host.port}` : at} and says ${hostWords(why ?? '')}.`,
    ],
  ],
  [
    /^Connection timed out during banner exchange$/,
    (_, { at }) => [
      'timeout',
      'key exchange',
      `${at} accepted the connection but said nothing: is it an ssh server, and is the host overloaded?`,
    ],
  ],
  [
    /^Connect(?:ion)? to .+ port \d+ timed out$/,
    (_, { at, line: { step } }) => [
      'timeout',
      step === 'dns' ? 'tcp' : step,
      `${at} did not answer in time: is the host on, and does a firewall drop the connection?`,
    ],
  ],
  [
    /^Unable to negotiate with .+ port \d+: no matching ([A-Za-z ]{1,40}) found\. Their offer: (.*)$/,
    ([, what, offer], { at }) => [
      'unreachable',
      'key exchange',
      `${at} and this machine's ssh have no ${what} in common; the host offers ${hostWords(offer ?? '')}.`,
    ],
  ],
  ...hostKeyCauses,
  [
    /^Received disconnect from .+ port \d+:\d+: Too many authentication failures/,
    (_, { at, log }) => [
      'auth_failed',
      'authentication',
      `${at} hung up after too many keys were offered${log.offered() ? `; it accepts: ${log.offered()?.replaceAll(',', ', ')}` : ''}. Name the right one (IdentityFile with IdentitiesOnly yes).`,
    ],
  ],
  [
    /^(?:\S+@\S+: )?Permission denied \(([\w@.,-]{0,200})\)\.?$/,
    ([, methods], { at, log, host }) => {
      const [certificate] = log.certificates();
      const hint =
        certificate === undefined
          ? ''
          : ` It refused the certificate of ${hostWords(certificate)}: ssh-keygen -L -f shows until when and for whom it is good.`;
      return [
        'auth_failed',
        'authentication',
        `${at} does not let ${at === host.alias ? host.user : 'you'} in with what there is; it accepts: ${methods === '' ? 'nothing' : methods?.replaceAll(',', ', ')}.${hint}`,
      ];
    },
  ],
  [
    /^Timeout, server .+ not responding\.$/,
    (_, { at, line }) => ['timeout', line.step, `${at} stopped answering: the link is down, or the host hangs.`],
  ],
  [
    /^Received disconnect from .+ port \d+:\d+: (.+)$/,
    ([, why], { at, line }) => [
      'disconnected',
      line.step,
      `${at} closed the connection and said ${hostWords(why ?? '')}.`,
    ],
  ],
  [/^(?:kex|ssh|banner)_exchange_identification: .*(?:invalid|SSH version|banner line)/, (_, { at }) => foreign(at)],
];

/** What it says at any end, also of a program behind the one that failed: of use where nothing else was said. */
export const endings: readonly Rule[] = [
  [
    /^(?:kex|ssh|banner)_exchange_identification: (?:Connection closed by remote host|read: Connection reset by peer)$/,
    (_, { at, log, line }) => {
      if (log.foreign()) return foreign(at);
      const proxied = log.said().filter(({ text, hop, step }) => hop === null && step === 'tcp' && !isEcho(text));
      const said = proxied.length > 0 ? `; it said ${hostWords(proxied.map(({ text }) => text).join(' '))}` : '';
      return line.step === 'tcp'
        ? [
            'unreachable',
            'tcp',
            `The ProxyCommand ended before ${at} said anything${said}: try its command in a terminal.`,
          ]
        : [
            'disconnected',
            'key exchange',
            `${at} closed the connection before it named itself: too many sign-ins at once (MaxStartups), a ban, or a firewall.`,
          ];
    },
  ],
  [
    /^(?:Connection (?:closed|reset) by |Connection to .+ closed by remote host|Read from socket failed|ssh_dispatch_run_fatal: .*(?:closed|reset|Broken pipe))/,
    (_, { at, line: { step } }) => [
      'disconnected',
      step,
      `${at} closed the connection during ${step === 'authentication' ? 'the authentication' : 'the key exchange'}: its log (journalctl -u ssh) says why.`,
    ],
  ],
];

/** What only repeats that a connection ended, said by a program behind the one that failed. */
function isEcho(text: string): boolean {
  return /exchange_identification: |^Connection closed by |^stdio forwarding failed/.test(text);
}

function connectFault(where: string, why: string): ToldFault {
  if (/refused/i.test(why)) {
    return ['unreachable', 'tcp', `${where} refuses the connection: is sshd running there, and on this port?`];
  }
  if (/timed out/i.test(why)) {
    return ['timeout', 'tcp', `${where} did not answer: is the host on, and does a firewall drop the connection?`];
  }
  if (/no route|unreachable/i.test(why)) {
    return ['unreachable', 'tcp', `There is no route to ${where}: check the network, a VPN, or the address.`];
  }
  return ['unreachable', 'tcp', `${where} could not be reached (${hostWords(why)}).`];
}

function foreign(at: string): ToldFault {
  return ['unreachable', 'key exchange', `${at} answers, but does not speak SSH: check the port.`];
}
