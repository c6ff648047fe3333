import { fold } from './characters.ts';
import { isNoName } from './known-words.ts';
import { reachOfName } from './name-contexts.ts';
import type { Reach, TermType } from './terms.ts';

/** Tells a name that an output holds where its command says that it does. */
export type OnName = (type: TermType, name: string, reach: Reach) => void;

/** Of an output so much is looked at: names come again and again. */
export const mostOutput = 256 << 10;

interface Reader {
  /** The command line. */
  readonly command: RegExp;
  read(text: string, tell: OnName): void;
}

const hostName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{1,252}$/;

function host(name: string | undefined, tell: OnName): void {
  if (name === undefined || !hostName.test(name) || /^[\d.]+$/.test(name)) return;
  const labels = fold(name).split('.');
  labels.forEach((label, index) => {
    const isLast = labels.length > 1 && index === labels.length - 1;
    if (!isLast && label.length > 2 && !isNoName(label)) tell('host', label, reachOfName(label));
  });
}

function user(name: string | undefined, tell: OnName): void {
  // Of a domain of Windows: both are names.
  const parts = name?.split('\\') ?? [];
  if (parts.length === 2) for (const part of parts) user(part, tell);
  if (name === undefined || !/^[A-Za-z_\x80-\xff][\w.+@\x80-\xff-]{1,63}\$?$/.test(name)) return;
  // ps cuts a long one and says so with a plus.
  const whole = name.replace(/\+$/, '');
  if (!isNoName(fold(whole))) tell('user', whole, reachOfName(whole));
}

function serial(name: string | undefined, tell: OnName): void {
  if (name === undefined || name.length < 5 || !/\d/.test(name) || /^0x/i.test(name)) return;
  tell('serial', name, /^\d{1,9}$/.test(name) ? 'place' : name.length < 8 ? 'word' : 'anywhere');
}

type Cell = (name: string | undefined, tell: OnName) => void;

const columns: ReadonlyMap<string, Cell> = new Map([
  ...['USER', 'UID', 'RUSER', 'EUSER', 'OWNER', 'LOGIN'].map((name): [string, Cell] => [name, user]),
  ...['SERIAL', 'SN'].map((name): [string, Cell] => [name, serial]),
  ...['HOST', 'NODE', 'HOSTNAME'].map((name): [string, Cell] => [name, host]),
]);
const guests: ReadonlyMap<string, Cell> = new Map([...columns, ['NAME', host], ['Name', host]]);

/** A table with a header, by its words: cells by their count where none is empty, else by where they stand. */
function readTable(text: string, known: ReadonlyMap<string, Cell>, tell: OnName): void {
  let header: { name: string; from: number; to: number }[] = [];
  for (const line of text.split('\n')) {
    const cells = [...line.slice(0, 1024).matchAll(/\S+/g)];
    if (cells.length > 1 && cells.some(([cell]) => known.has(cell))) {
      header = cells.map((cell, index) => {
        const next = cells[index + 1];
        return { name: cell[0], from: cell.index, to: next === undefined ? Number.POSITIVE_INFINITY : next.index };
      });
      continue;
    }
    header.forEach(({ name, from, to }, index) => {
      const read = known.get(name);
      if (read === undefined) return;
      const isLast = index === header.length - 1;
      const cell =
        cells.length === header.length || index === 0 || (cells.length > header.length && !isLast)
          ? cells[index]
          : cells.find((one) => one.index >= from && one.index < to);
      read(cell?.[0], tell);
    });
  }
}

function eachLine(pattern: RegExp, read: (groups: (string | undefined)[], tell: OnName) => void): Reader['read'] {
  return (text, tell) => {
    for (const line of text.split('\n')) {
      const match = pattern.exec(line.slice(0, 1024));
      if (match !== null) read(match.slice(1), tell);
    }
  };
}

const readers: readonly Reader[] = [
  {
    command: /\bhostname\b|\/etc\/(?:hostname|mailname)\b|\buname -n\b|kernel\/hostname/,
    read: eachLine(/^([\w.-]+)\s*$/, ([name], tell) => host(name, tell)),
  },
  { command: /\buname -\w*[an]/, read: eachLine(/^Linux ([\w.-]+) /, ([name], tell) => host(name, tell)) },
  {
    command: /\/etc\/hosts\b|getent hosts/,
    read: eachLine(/^\s*[0-9a-f.:]{3,}\s+(\S.*)$/i, ([names = ''], tell) => {
      for (const name of names.replace(/#.*/, '').trim().split(/\s+/)) host(name, tell);
    }),
  },
  {
    command: /resolv\.conf/,
    read: eachLine(/^\s*(?:search|domain)\s+(\S.*)$/, ([names = ''], tell) => {
      for (const name of names.trim().split(/\s+/)) host(name, tell);
    }),
  },
  {
    command: /\b(?:ps|top|w|lsof|lslogins|loginctl|lsblk|nvme|pvecm|docker|kubectl|squeue|htop|atop|pidstat)\b/,
    read: (text, tell) => readTable(text, columns, tell),
  },
  { command: /\b(?:qm|pct) list\b/, read: (text, tell) => readTable(text, guests, tell) },
  {
    command: /\b(?:qm|pct) config\b|\/etc\/pve\/(?:qemu-server|lxc|nodes)/,
    read: eachLine(/^(?:name|hostname|searchdomain): (\S+)/, ([name], tell) => host(name, tell)),
  },
  {
    command: /\bpvesh\b/,
    read: (text, tell) => {
      for (const match of text.matchAll(/"(?:name|node|hostname)"\s*:\s*"([\w.-]+)"/g)) host(match[1], tell);
    },
  },
  {
    command: /\b(?:who|users|last|lastb|lastlog)\b/,
    read: eachLine(/^([A-Za-z_][\w.-]*)\s+(?:pts|tty|:\d|ssh|system|\*\*)/, ([name], tell) => user(name, tell)),
  },
  {
    command: /\b(?:ls|find|stat)\b/,
    read: eachLine(/[-dlcbps][-rwxsStT]{9}[.+@]?\s+\d+\s+(\S+)\s+(\S+)\s/, ([owner, group], tell) => {
      user(owner, tell);
      user(group, tell);
    }),
  },
  {
    command: /journalctl|dmesg|\/var\/log|syslog|messages/,
    read: eachLine(
      /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)?|\d{4}-\d\d-\d\dT\S+) ([\w.-]+) [\w./()-]+(?:\[\d+\])?:/,
      ([name], tell) => host(name, tell),
    ),
  },
  { command: /\barp\b/, read: eachLine(/^([\w.-]+) \(\d/, ([name], tell) => host(name, tell)) },
  {
    command: /\/serial\b|\bserial_number\b/,
    read: eachLine(/^(?:.*:)?\s*([A-Za-z0-9_-]{5,64})\s*$/, ([name], tell) => serial(name, tell)),
  },
  {
    command: /getent group|\/etc\/group/,
    read: eachLine(/^([\w.-]+):[x*!]?:\d+:(.*)$/, ([group, members = ''], tell) => {
      for (const name of [group, ...members.split(',')]) user(name, tell);
    }),
  },
  {
    command: /\/environ\b|\benv\b|printenv/,
    read: (text, tell) => {
      for (const match of text.matchAll(/(?:^|[\0\n])(?:LOGNAME|USER|SUDO_USER)=([\w.-]+)/g)) user(match[1], tell);
      for (const match of text.matchAll(/(?:^|[\0\n])HOSTNAME=([\w.-]+)/g)) host(match[1], tell);
    },
  },
];

/** Who reads the output of that command, if anybody: dumps repeat few commands, so an answer is worth keeping. */
export function readersOf(command: string): readonly Reader['read'][] {
  return readers.filter(({ command: pattern }) => pattern.test(command)).map(({ read }) => read);
}
