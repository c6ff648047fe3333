import { ciphers, gssapiKeyExchanges, keyExchanges, keyTypes, macs, signatures } from './algorithms.ts';
import {
  checkDomain,
  checkPermittedAlias,
  takeBindMask,
  takeEscapeChar,
  takeFacility,
  takeLogLevel,
  takeLogVerbose,
  takePermitRemoteOpen,
  takeQuality,
  takeTunnelDevice,
} from './odd-takes.ts';
import {
  takeAddKeysToAgent,
  takeControlPersist,
  takeForward,
  takeForwardAgent,
  takeIdentityAgent,
  takePort,
  takeProxyCommand,
  takeProxyJump,
  takeRekeyLimit,
  takeSendEnv,
  takeSetEnv,
} from './special-takes.ts';
import {
  type Take,
  takeAlgorithms,
  takeCommand,
  takeEach,
  takeFirstList,
  takeNothing,
  takeNumber,
  takeOneOf,
  takeSeconds,
  takeText,
} from './takes.ts';

const flag = { yes: 'yes', true: 'yes', no: 'no', false: 'no' };
/** Flags with more than two states print their first names. */
const state = { yes: 'true', true: 'true', no: 'false', false: 'false' };
const stateOrAsk = { ...state, ask: 'ask' };

function all(keys: string, take: (key: string) => Take): Record<string, Take> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, take(key)]));
}

/** https://man.openbsd.org/OpenBSD-7.2/ssh_config, and what Debian adds. Names are in lower case. */
const own: Readonly<Record<string, Take>> = {
  ...all(
    'batchmode canonicalizefallbacklocal checkhostip clearallforwardings enableescapecommandline enablesshkeysign ' +
      'exitonforwardfailure forkafterauthentication forwardx11 forwardx11trusted gatewayports gssapiauthentication ' +
      'gssapidelegatecredentials gssapikeyexchange gssapirenewalforcesrekey gssapitrustdns hashknownhosts ' +
      'hostbasedauthentication identitiesonly kbdinteractiveauthentication nohostauthenticationforlocalhost ' +
      'passwordauthentication permitlocalcommand proxyusefdpass stdinnull streamlocalbindunlink tcpkeepalive ' +
      'visualhostkey',
    (key) => takeOneOf(key, flag),
  ),
  ...all(
    'bindaddress bindinterface controlpath gssapiclientidentity gssapiserveridentity hostkeyalias hostname ' +
      'ignoreunknown kbdinteractivedevices pkcs11provider preferredauthentications revokedhostkeys ' +
      'securitykeyprovider user xauthlocation',
    takeText,
  ),
  ...all(
    'canonicalizemaxdots connectionattempts numberofpasswordprompts requiredrsasize serveralivecountmax',
    takeNumber,
  ),
  ...all('connecttimeout forwardx11timeout serveraliveinterval', takeSeconds),
  ...all('knownhostscommand localcommand remotecommand', takeCommand),
  ...all('globalknownhostsfile userknownhostsfile', (key) => takeFirstList(key, 32)),
  ...all('certificatefile identityfile', (key) => takeEach(key, 100)),
  addkeystoagent: takeAddKeysToAgent,
  addressfamily: takeOneOf('addressfamily', { any: 'any', inet: 'inet', inet6: 'inet6' }),
  canonicaldomains: takeFirstList('canonicaldomains', 32, checkDomain),
  canonicalizehostname: takeOneOf('canonicalizehostname', { ...state, always: 'always' }),
  canonicalizepermittedcnames: takeFirstList('canonicalizepermittedcnames', 32, checkPermittedAlias),
  casignaturealgorithms: takeAlgorithms('casignaturealgorithms', signatures),
  ciphers: takeAlgorithms('ciphers', ciphers),
  compression: takeOneOf('compression', { yes: 'yes', no: 'no' }),
  controlmaster: takeOneOf('controlmaster', { ...stateOrAsk, auto: 'auto', autoask: 'autoask' }),
  controlpersist: takeControlPersist,
  dynamicforward: takeForward({ dynamic: true, remote: false }),
  escapechar: takeEscapeChar,
  fingerprinthash: takeOneOf(
    'fingerprinthash',
    Object.fromEntries(['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'].map((name) => [name.toLowerCase(), name])),
  ),
  forwardagent: takeForwardAgent,
  gssapikexalgorithms: takeAlgorithms('gssapikexalgorithms', gssapiKeyExchanges),
  hostbasedacceptedalgorithms: takeAlgorithms('hostbasedacceptedalgorithms', keyTypes),
  hostkeyalgorithms: takeAlgorithms('hostkeyalgorithms', keyTypes),
  identityagent: takeIdentityAgent,
  ipqos: takeQuality,
  kexalgorithms: takeAlgorithms('kexalgorithms', keyExchanges),
  localforward: takeForward({ dynamic: false, remote: false }),
  loglevel: takeLogLevel,
  logverbose: takeLogVerbose,
  macs: takeAlgorithms('macs', macs),
  permitremoteopen: takePermitRemoteOpen,
  port: takePort,
  proxycommand: takeProxyCommand,
  proxyjump: takeProxyJump,
  pubkeyacceptedalgorithms: takeAlgorithms('pubkeyacceptedalgorithms', keyTypes),
  pubkeyauthentication: takeOneOf('pubkeyauthentication', {
    ...state,
    unbound: 'unbound',
    'host-bound': 'host-bound',
  }),
  rekeylimit: takeRekeyLimit,
  remoteforward: takeForward({ dynamic: false, remote: true }),
  requesttty: takeOneOf('requesttty', { ...state, force: 'force', auto: 'auto' }),
  sendenv: takeSendEnv,
  sessiontype: takeOneOf('sessiontype', { none: 'none', subsystem: 'subsystem', default: 'default' }),
  setenv: takeSetEnv,
  streamlocalbindmask: takeBindMask,
  stricthostkeychecking: takeOneOf('stricthostkeychecking', {
    ...stateOrAsk,
    off: 'false',
    'accept-new': 'accept-new',
  }),
  syslogfacility: takeFacility,
  tunnel: takeOneOf('tunnel', {
    yes: 'point-to-point',
    true: 'point-to-point',
    no: 'false',
    false: 'false',
    ethernet: 'ethernet',
    'point-to-point': 'point-to-point',
  }),
  tunneldevice: takeTunnelDevice,
  updatehostkeys: takeOneOf('updatehostkeys', stateOrAsk),
  verifyhostkeydns: takeOneOf('verifyhostkeydns', stateOrAsk),
  ...all(
    'cipher fallbacktorsh globalknownhostsfile2 protocol rhostsauthentication useblacklistedkeys ' +
      'userknownhostsfile2 useprivilegedport useroaming usersh ' +
      // ssh says that it does not support these, and goes on.
      'afstokenpassing compressionlevel kerberosauthentication kerberostgtpassing rhostsrsaauthentication ' +
      'rsaauthentication',
    () => takeNothing,
  ),
};

const aliases: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  dsaauthentication: 'pubkeyauthentication',
  hostbasedkeytypes: 'hostbasedacceptedalgorithms',
  identityfile2: 'identityfile',
  keepalive: 'tcpkeepalive',
  protocolkeepalives: 'serveraliveinterval',
  pubkeyacceptedkeytypes: 'pubkeyacceptedalgorithms',
  setuptimeout: 'serveraliveinterval',
  skeyauthentication: 'kbdinteractiveauthentication',
  smartcarddevice: 'pkcs11provider',
  tisauthentication: 'kbdinteractiveauthentication',
};

const takes = new Map([
  ...Object.entries(own),
  ...Object.entries(aliases).flatMap(([name, key]) => (own[key] === undefined ? [] : [[name, own[key]] as const])),
]);

/** How the lines of a keyword are read; null: OpenSSH 9.2 does not know it. */
export function takeOf(keyword: string): Take | null {
  return takes.get(keyword) ?? null;
}
