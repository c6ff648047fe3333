import { BadLine, quoted } from './bad-line.ts';
import { portOf } from './numbers.ts';
import { listOf, setFirst } from './options.ts';
import { firstWord, type Take } from './takes.ts';
import { lower } from './words.ts';

/** Types of service by their names, in the order in which OpenSSH looks for a name to a number. */
const qualities: readonly (readonly [string, number])[] = [
  ...[1, 2, 3, 4].flatMap((group) =>
    [1, 2, 3].map((drop) => [`af${group}${drop}`, (group * 8 + drop * 2) * 4] as const),
  ),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((group) => [`cs${group}`, group * 32] as const),
  ['ef', 0xb8],
  ['le', 0x04],
  ['lowdelay', 0x10],
  ['throughput', 0x08],
  ['reliability', 0x04],
];

function qualityOf(word: string | undefined): string {
  const name = lower(word ?? '');
  if (name === 'none') return 'none';
  const known = qualities.find(([one]) => one === name)?.[1];
  const value = known ?? numberOf(word ?? '');
  if (value === null || value > 255) throw new BadLine(`Bad IPQoS value ${quoted(word ?? '')}`);
  return qualities.find(([, one]) => one === value)?.[0] ?? `0x${value.toString(16).padStart(2, '0')}`;
}

/** As C reads it: octal behind 0, hexadecimal behind 0x. */
function numberOf(text: string): number | null {
  if (/^0x[\da-f]+$/i.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

export const takeQuality: Take = ({ words, active, options }) => {
  const interactive = qualityOf(words.shift());
  const bulk = words.length === 0 ? interactive : qualityOf(words.shift());
  if (active) setFirst(options, 'ipqos', `${interactive} ${bulk}`);
};

export const takeEscapeChar: Take = (line) => {
  const word = firstWord(line);
  const control = /^\^[@-~\x7f]$/.test(word);
  if (word !== 'none' && !/^[\0-\x7f]$/.test(word) && !control) throw new BadLine('Bad escape character');
  if (line.active) setFirst(line.options, 'escapechar', word === 'none' ? 'none' : escapeText(word, control));
};

/** What cannot be seen is written in the manner of `vis`. */
function escapeText(word: string, control: boolean): string {
  const code = control ? word.charCodeAt(1) & 31 : word.charCodeAt(0);
  if (code === 0) return '\\^@';
  if (code === 127) return '\\^?';
  if (code === 32 || code === 9 || code === 10) return `\\0${code.toString(8).padStart(2, '0')}`;
  if (code < 32) return `\\^${String.fromCharCode(code + 64)}`;
  return word === '\\' ? '\\\\' : word;
}

/** Every line decides anew, also one of a section that does not apply: so it is in OpenSSH 9.2. */
export const takeBindMask: Take = (line) => {
  const word = firstWord(line);
  const [octal] = /^[0-7]+/.exec(word) ?? [];
  const mask = octal === undefined ? -1 : Number.parseInt(octal, 8);
  if (mask < 0 || mask > 0o777) throw new BadLine(`${quoted(word)} is no mask: write four octal digits`);
  line.options.values.set('streamlocalbindmask', `0${mask.toString(8)}`);
};

const facilities = ['DAEMON', 'USER', 'AUTH', 'AUTHPRIV', ...[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `LOCAL${n}`)];

/** The first line decides, also one of a section that does not apply: so it is in OpenSSH 9.2. */
export const takeFacility: Take = ({ words, options }) => {
  const word = words.shift() ?? '';
  const known = facilities.find((name) => lower(name) === lower(word));
  if (known === undefined) throw new BadLine(`unsupported log facility ${quoted(word)}`);
  setFirst(options, 'syslogfacility', known);
};

const levels = ['SILENT', 'QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3'];

/** Two names for one level: the first is printed. */
const sameLevel: Readonly<Record<string, string>> = { QUIET: 'SILENT', DEBUG1: 'DEBUG' };

export const takeLogLevel: Take = ({ words, active, options }) => {
  const word = words.shift() ?? '';
  const known = levels.find((name) => lower(name) === lower(word));
  if (known === undefined) throw new BadLine(`unsupported log level ${quoted(word)}`);
  if (active) setFirst(options, 'loglevel', sameLevel[known] ?? known);
};

/** Only the first word of the first line is kept: so it is in OpenSSH 9.2. */
export const takeLogVerbose: Take = ({ words, active, options }) => {
  const [first, ...others] = words.splice(0);
  if (first === '' || others.includes('')) throw new BadLine('one of its arguments is empty');
  if (others.length > 0 && [first, ...others].some((word) => lower(word ?? '') === 'none')) {
    throw new BadLine('“none” must stand alone');
  }
  const all = listOf(options, 'logverbose');
  if (active && all.length === 0 && first !== undefined) all.push(first);
};

export const takePermitRemoteOpen: Take = (line) => {
  const first = firstWord(line);
  const all = listOf(line.options, 'permitremoteopen');
  const isFirst = all.length === 0;
  const places = first === 'any' || first === 'none' ? [] : [first, ...line.words.splice(0)];
  for (const place of places) {
    const [, port] = /^(?:\[[^\]]*\]|[^:/]+):(.*)$/s.exec(place) ?? [];
    if (port === undefined || (port !== '*' && (portOf(port, line.world.services) ?? 0) <= 0)) {
      throw new BadLine(`${quoted(place)} needs a host and a port`);
    }
  }
  if (line.active && isFirst) all.push(...(places.length === 0 ? [first] : places));
};

const mostTunnels = 0x7fff_fffd;

export const takeTunnelDevice: Take = (line) => {
  const word = firstWord(line);
  const [local = '', ...others] = word.split(':');
  const devices = [local, others.length === 0 ? 'any' : others.join(':')].map((device) => {
    if (lower(device) === 'any') return 'any';
    if (!/^\+?\d+$/.test(device) || Number(device) > mostTunnels) throw new BadLine('Bad tun device');
    return String(Number(device));
  });
  if (line.active) setFirst(line.options, 'tunneldevice', devices.join(':'));
};

export function checkDomain(word: string): string {
  const domain = lower(word);
  if (!/^[a-z\d][a-z\d._-]*$/.test(domain) || domain.includes('..')) {
    throw new BadLine(`${quoted(word)} is no name of a domain`);
  }
  return domain.replace(/\.$/, '');
}

export function checkPermittedAlias(word: string): string {
  if (lower(word) === 'none') return 'none';
  if (word === '*') return '*:*';
  const colon = word.indexOf(':');
  if (colon < 0 || colon === word.length - 1) throw new BadLine(`Invalid permitted CNAME ${quoted(word)}`);
  return lower(word);
}
