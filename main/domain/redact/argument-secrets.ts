import type { Place, Trigger } from './place.ts';
import { reachOfSecret } from './secret-reach.ts';

const gap = '[ \\0]+';
const value = '([^\\s\\0"\']+)';
const option = (letter: string): RegExp => new RegExp(`(?:^|[ \\0])-${letter}(?:${gap})?["']?${value}`, 'd');

/** Programs that are told a secret by an option whose name does not say so. */
const programs: readonly (readonly [words: readonly string[], options: readonly RegExp[]])[] = [
  // With a blank behind it, -p asks, and a name of a database follows.
  [['mysql', 'mariadb'], [/(?:^|[ \0])-p["']?([^\s\0"'-][^\s\0"']*)/d]],
  [
    ['sshpass', 'mongo', 'sqlcmd'],
    [option('p'), option('P')],
  ],
  [['ipmitool', 'mosquitto_', 'zip '], [option('P')]],
  [['ipmitool'], [option('k')]],
  [['redis-cli'], [option('a')]],
  [['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami', 'ldappasswd'], [option('w')]],
  [
    ['snmpwalk', 'snmpget', 'snmpbulk', 'snmpset', 'snmptrap'],
    [option('c'), option('A'), option('X')],
  ],
  [['docker login', 'docker\0login', 'podman login', 'podman\0login', '7z'], [option('p')]],
  [
    ['xfreerdp', 'rdesktop'],
    [new RegExp(`/p:${value}`, 'd'), option('p')],
  ],
  [['smbclient', 'smbget', 'rpcclient'], [new RegExp(`-U(?:${gap})?[^\\s\\0%]+%${value}`, 'd')]],
  [['curl', 'wget', 'http '], [new RegExp(`(?:-u|--user|--proxy-user|-U|-a)[= \\0]?["']?[^\\s\\0:"']+:${value}`, 'd')]],
  [['htpasswd'], [new RegExp(`-[a-zA-Z]*b[a-zA-Z]*${gap}\\S+${gap}\\S+${gap}${value}`, 'd')]],
  [['-passin', '-passout', '-pass', '-k'], [new RegExp(`^[ \\0]pass:${value}`, 'd')]],
];

export const argumentTriggers: readonly Trigger[] = programs.map(([words, options]) => ({
  words,
  look: (place) => lookFor(place, options),
}));

/** The arguments go to the end of the line; NUL bytes part them as well as blanks. */
function lookFor(place: Place, options: readonly RegExp[]): void {
  const line = /^[^\n]*/.exec(place.after(1024))?.[0] ?? '';
  for (const pattern of options) {
    const span = pattern.exec(line)?.indices?.[1];
    if (span === undefined) continue;
    const [from, to] = span;
    const reach = reachOfSecret(line.slice(from, to), true);
    if (reach !== null) place.found('secret', from, to - from, reach);
  }
}
