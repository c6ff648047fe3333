import { forwardText, isDynamic } from './forward.ts';
import { jumpText } from './jump.ts';
import type { Resolved } from './resolve.ts';

/** Keys with what is printed where nothing is said, in the order of `ssh -G`; null: then they are left out. */
const values: readonly (readonly [key: string, otherwise: string | null])[] = [
  ['addressfamily', 'any'],
  ['batchmode', 'no'],
  ['canonicalizefallbacklocal', 'yes'],
  ['canonicalizehostname', 'false'],
  ['checkhostip', 'no'],
  ['compression', 'no'],
  ['controlmaster', 'false'],
  ['enablesshkeysign', 'no'],
  ['clearallforwardings', 'no'],
  ['exitonforwardfailure', 'no'],
  ['fingerprinthash', 'SHA256'],
  ['forwardx11', 'no'],
  ['forwardx11trusted', 'yes'],
  ['gatewayports', 'no'],
  ['gssapiauthentication', 'no'],
  ['gssapikeyexchange', 'no'],
  ['gssapidelegatecredentials', 'no'],
  ['gssapitrustdns', 'no'],
  ['gssapirenewalforcesrekey', 'no'],
  ['gssapiclientidentity', null],
  ['gssapiserveridentity', null],
  ['gssapikexalgorithms', null],
  ['hashknownhosts', 'no'],
  ['hostbasedauthentication', 'no'],
  ['identitiesonly', 'no'],
  ['kbdinteractiveauthentication', 'yes'],
  ['nohostauthenticationforlocalhost', 'no'],
  ['passwordauthentication', 'yes'],
  ['permitlocalcommand', 'no'],
  ['proxyusefdpass', 'no'],
  ['pubkeyauthentication', 'true'],
  ['requesttty', 'auto'],
  ['sessiontype', 'default'],
  ['stdinnull', 'no'],
  ['forkafterauthentication', 'no'],
  ['streamlocalbindunlink', 'no'],
  ['stricthostkeychecking', 'ask'],
  ['tcpkeepalive', 'yes'],
  ['tunnel', 'false'],
  ['verifyhostkeydns', 'false'],
  ['visualhostkey', 'no'],
  ['updatehostkeys', null],
  ['enableescapecommandline', 'no'],
  ['canonicalizemaxdots', '1'],
  ['connectionattempts', '1'],
  ['forwardx11timeout', '1200'],
  ['numberofpasswordprompts', '3'],
  ['serveralivecountmax', '3'],
  ['serveraliveinterval', '0'],
  ['requiredrsasize', '1024'],
  ['bindaddress', null],
  ['bindinterface', null],
  ['ciphers', null],
  ['controlpath', null],
  ['hostkeyalgorithms', null],
  ['hostkeyalias', null],
  ['hostbasedacceptedalgorithms', null],
  ['identityagent', null],
  ['ignoreunknown', null],
  ['kbdinteractivedevices', null],
  ['kexalgorithms', null],
  ['casignaturealgorithms', null],
  ['localcommand', null],
  ['remotecommand', null],
  ['loglevel', 'INFO'],
  ['macs', null],
  ['pkcs11provider', null],
  ['securitykeyprovider', null],
  ['preferredauthentications', null],
  ['pubkeyacceptedalgorithms', null],
  ['revokedhostkeys', null],
  ['xauthlocation', '/usr/bin/xauth'],
  ['knownhostscommand', null],
];

/** What `ssh -G` of OpenSSH 9.2 prints, as Debian builds it: its keys, its order, a line for each. */
export function printed(resolved: Resolved): string[] {
  const { options, alias } = resolved;
  const { lists, forwards } = options;
  const value = (key: string, otherwise: string): string => options.values.get(key) ?? otherwise;
  const alive = options.values.get('batchmode') === 'yes' ? '300' : '0';
  const ends = forwards.local.map((forward) => ({ forward, dynamic: isDynamic(forward) }));
  return [
    `host ${alias}`,
    ...['user', 'hostname', 'port'].map((key) => `${key} ${value(key, '')}`),
    ...values.flatMap(([key, otherwise]) => {
      const said = options.values.get(key) ?? (key === 'serveraliveinterval' ? alive : otherwise);
      return said === null ? [] : [`${key} ${said}`];
    }),
    ...ends.filter(({ dynamic }) => dynamic).map(({ forward }) => `dynamicforward ${forwardText(forward, true)}`),
    ...ends
      .filter(({ forward, dynamic }) => !dynamic || 'path' in forward.connect)
      .map(({ forward }) => `localforward ${forwardText(forward, false)}`),
    ...forwards.remote.map((forward) => `remoteforward ${forwardText(forward, false)}`),
    ...each('identityfile', resolved.identityFiles),
    oneLine('canonicaldomains', lists.get('canonicaldomains')),
    ...each('certificatefile', lists.get('certificatefile')),
    oneLine('globalknownhostsfile', lists.get('globalknownhostsfile')),
    oneLine('userknownhostsfile', lists.get('userknownhostsfile')),
    ...each('sendenv', lists.get('sendenv')),
    ...each('setenv', lists.get('setenv')),
    oneLine('logverbose', lists.get('logverbose')),
    oneLine('permitremoteopen', lists.get('permitremoteopen'), 'any'),
    `addkeystoagent ${value('addkeystoagent', 'false')}`,
    `forwardagent ${options.agentToForward ?? value('forwardagent', 'no')}`,
    `connecttimeout ${value('connecttimeout', 'none')}`,
    `tunneldevice ${value('tunneldevice', 'any:any')}`,
    oneLine('canonicalizePermittedcnames', lists.get('canonicalizepermittedcnames')),
    `controlpersist ${value('controlpersist', 'no')}`,
    `escapechar ${value('escapechar', '~')}`,
    `ipqos ${value('ipqos', 'lowdelay throughput')}`,
    `rekeylimit ${value('rekeylimit', '0')} ${value('rekeyinterval', '0')}`,
    `streamlocalbindmask ${value('streamlocalbindmask', '0177')}`,
    `syslogfacility ${value('syslogfacility', 'USER')}`,
    ...proxy(resolved),
  ];
}

function proxy({ options: { jump, proxyCommand } }: Resolved): string[] {
  if (jump !== null && jump !== 'none') return [`proxyjump ${jumpText(jump)}`];
  return proxyCommand === null ? [] : [`proxycommand ${proxyCommand}`];
}

function each(key: string, all: readonly string[] = []): string[] {
  return all.map((one) => `${key} ${one}`);
}

function oneLine(key: string, all: readonly string[] = [], otherwise = 'none'): string {
  return `${key} ${all.length === 0 ? otherwise : all.join(' ')}`;
}
