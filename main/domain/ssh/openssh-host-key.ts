import { shellQuote } from '../policy/shell-quote.ts';
import { hostWords } from '../present/host-words.ts';
import { knownHostName } from './known-hosts/host-names.ts';
import type { Rule, Told } from './openssh-words.ts';

/**
 * What `ssh` says of a key of a host that it does not take. The lines only say which of these it is: who owns the key and
 * where it is known come from the way, so that no words of a host stand in a command that somebody might run.
 */
export const hostKeyCauses: readonly Rule[] = [
  [
    /^([A-Z0-9-]{1,20}) host key for \S+ was revoked and you have requested strict checking\.$/,
    ([, type], told) => [
      'host_key_changed',
      'host key',
      `The ${type} key of ${owner(told)} is revoked: it must not be trusted any more (@revoked in a known_hosts file).`,
    ],
  ],
  [
    /^Host key for (\S+) has changed and you have requested strict checking\.$/,
    ([, said], told) => ['host_key_changed', 'host key', changed(said ?? '', told)],
  ],
  [
    /^No ([A-Z0-9-]{1,20}) host key is known for \S+ and you have requested strict checking\.$/,
    ([, type], told) => [
      'host_key_unknown',
      'host key',
      `No ${type} key of ${owner(told)} is known, and the configuration allows no other (StrictHostKeyChecking yes): add it to known_hosts after checking it.`,
    ],
  ],
  [
    /^Host key verification failed\.$/,
    (_, told) => {
      const invalid = find(told, /^Certificate invalid: (.+)$/)?.[1];
      return [
        'host_key_unknown',
        'host key',
        invalid === undefined
          ? `The key of ${told.at} was not trusted, so nothing was sent.`
          : `The certificate that ${told.at} shows as its host key is not valid: ${hostWords(invalid)}. Have it signed anew (ssh-keygen -s -h).`,
      ];
    },
  ],
];

function changed(said: string, told: Told): string {
  const name = owner(told);
  const [, file = '', line] = find(told, /^Offending .+ key in (.+):(\d{1,9})$/) ?? [];
  const shown = find(told, /^(SHA256:[A-Za-z0-9+/]{43})\.?$/)?.[1];
  // With `Match exec`, ssh may have gone another way than the one that is known here.
  const isKnown = said.toLowerCase() === name && filesOf(told).includes(file);
  return (
    `The key of ${name} has changed: ${isKnown ? `${file} line ${line}` : 'known_hosts'} has another than the one that the host shows` +
    `${shown === undefined ? '' : ` (${shown})`}. Somebody may be in between; if the host was set up anew, ` +
    (isKnown ? `run: ssh-keygen -R ${shellQuote(name)} -f ${shellQuote(file)}` : 'take its old key out of that file.')
  );
}

function hopOf({ way, line }: Told) {
  return line.hop === null ? way.hops.at(-1) : way.hops.find(({ alias }) => alias === line.hop);
}

/** Whose key it is, as known_hosts names it. */
function owner(told: Told): string {
  const hop = hopOf(told);
  if (hop === undefined) return told.at;
  return hop.hostKeyAlias?.toLowerCase() ?? knownHostName(hop.hostName, hop.port);
}

function filesOf(told: Told): string[] {
  const hop = hopOf(told);
  return hop === undefined ? [] : [told.way.knownHosts, ...hop.userKnownHostsFiles, ...hop.globalKnownHostsFiles];
}

/** Of what ssh said about that key: at that host, and at that step. */
function find({ log, line }: Told, pattern: RegExp): RegExpExecArray | null {
  for (const { text, step, hop } of log.said()) {
    const found = step === line.step && hop === line.hop ? pattern.exec(text) : null;
    if (found !== null) return found;
  }
  return null;
}
