import type { SampleData } from '../../../../contract/samples.ts';
import { cutText } from '../../cut-text.ts';

type Listener = NonNullable<SampleData['listeners']>['list'][number];

const maxLine = 4096;
const maxText = 128;

/** Listening sockets as `ss`, `netstat` or the kernel's tables print them; one for each process that holds one. */
export function parseListeners(text: string): Listener[] {
  const found = new Map<string, Listener>();
  let table: 'tcp' | 'udp' = 'tcp';
  for (const whole of text.split(/\r?\n/, 16_384)) {
    const line = whole.slice(0, maxLine);
    // A table of the kernel alone does not say of what it is; that of datagrams has one column more.
    if (/^\s*sl\s+local_address/.test(line)) table = /\bdrops\b/.test(line) ? 'udp' : 'tcp';
    for (const one of ofKernel(line, table) ?? ofWindows(line) ?? ofTool(line)) {
      found.set(JSON.stringify([one.protocol, one.address, one.port, one.process, one.pid]), one);
    }
  }
  return [...found.values()];
}

/** The first listening socket whose port is no number, as tools print it that were not told `-n`: `*:ssh`; else null. */
export function namedPort(text: string): string | null {
  for (const line of text.split(/\r?\n/, 16_384)) {
    const words = line.slice(0, maxLine).trim().split(/\s+/);
    const isOfSs = /^(?:(?:tcp|udp)\s+)?(?:LISTEN|UNCONN)\s/.test(words.join(' '));
    const isOfNetstat = /^(?:tcp\S* .* LISTEN|udp\S* \d+ \d+ \S+ \S+:\*)(?: |$)/.test(words.join(' '));
    const local = isOfSs ? words[/^[tu]/.test(words[0] as string) ? 4 : 3] : isOfNetstat ? words[3] : undefined;
    if (local !== undefined && placeOf(local) === null) return local;
  }
  return null;
}

/**
 * `tcp LISTEN 0 128 [::]:22 [::]:* users:(…)` of ss, `tcp6 0 0 :::22 :::* LISTEN 1/sshd` of netstat. Asked for one protocol
 * alone, ss leaves its name out: only TCP listens.
 */
function ofTool(line: string): Listener[] {
  const words = line.trim().split(/\s+/);
  if (words[0] === 'LISTEN' || words[0] === 'UNCONN') words.unshift(words[0] === 'LISTEN' ? 'tcp' : 'udp');
  const protocol = /^(tcp|udp)(?:6|l|lite|lite6)?$/.exec(words[0] ?? '')?.[1];
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  const isOfSs = /^(?:LISTEN|UNCONN)$/.test(words[1] ?? '');
  const local = isOfSs ? words[4] : words[3];
  const state = words[5];
  if (
    local === undefined ||
    (!isOfSs && (!/^\d+$/.test(words[1] ?? '') || (protocol === 'tcp' && state !== 'LISTEN')))
  ) {
    return [];
  }
  const place = placeOf(local);
  if (place === null) return [];
  const holders = isOfSs
    ? holdersOf(line)
    : [netstatHolder(words.slice(protocol === 'tcp' || state === 'LISTEN' ? 6 : 5))];
  return (holders.length > 0 ? holders : [unknownHolder]).map((holder) => listener(protocol, place, holder));
}

/** `  TCP    [::]:135   [::]:0   LISTENING   1712` of Windows' `netstat -ano`; null for any other line. */
function ofWindows(line: string): Listener[] | null {
  const row = /^\s*(TCP|UDP)\s+(\S{1,128})\s+\S{1,128}(?:\s+([A-Z_\d]{1,16}))?\s+(\d{1,10})\s*$/.exec(line);
  if (row === null) return null;
  const place = placeOf(row[2] as string);
  if (place === null || (row[1] === 'TCP' && row[3] !== 'LISTENING')) return [];
  return [listener(row[1] === 'TCP' ? 'tcp' : 'udp', place, { process: null, pid: Number(row[4]) })];
}

interface Place {
  readonly address: string;
  readonly port: number;
}

function placeOf(text: string): Place | null {
  const [, address, digits] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  if (address === undefined || Number(digits) > 65_535) return null;
  const bare = address.replace(/^\[(.*)\]/, '$1');
  return { address: bare === '0.0.0.0' || bare === '::' || bare === '' ? '*' : bare, port: Number(digits) };
}

interface Holder {
  readonly process: string | null;
  readonly pid: number | null;
}

const unknownHolder: Holder = { process: null, pid: null };

/** A name may hold quotes: it ends where a PID follows, which old ones print bare (`"sshd",1500,3`). */
function holdersOf(line: string): Holder[] {
  const at = line.indexOf('users:((');
  if (at < 0) return [];
  return line
    .slice(at + 'users:('.length)
    .split('("')
    .flatMap((part) => {
      const [, name, pid] = /^(.*)",(?:pid=)?(\d{1,10}),/.exec(part) ?? [];
      return name === undefined ? [] : [{ process: cutText(name, maxText), pid: Number(pid) }];
    });
}

/** With `-e` a user and an inode stand before it, with `-o` a timer behind it. */
function netstatHolder(words: readonly string[]): Holder {
  const text = words.join(' ').replace(/ \w+ \([\d.]+\/\d+\/\d+\)$/, '');
  const [, pid, name] = /^(?:\S+ \d+ )?(\d{1,10})\/(.*)$/.exec(text) ?? [];
  return pid === undefined ? unknownHolder : { process: cutText((name as string).trim(), maxText), pid: Number(pid) };
}

/** `/proc/net/tcp6:   0: 0000…:0016 0000…:0000 0A …`; null for any other line. State 7 is a UDP socket that waits. */
function ofKernel(line: string, table: 'tcp' | 'udp'): Listener[] | null {
  const row =
    /^(?:\/proc\/net\/(tcp|udp)6?:)? *\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /.exec(line);
  if (row === null) return null;
  const protocol = row[1] === undefined ? table : row[1] === 'udp' ? 'udp' : 'tcp';
  if (row[4] !== (protocol === 'tcp' ? '0A' : '07')) return [];
  const address = addressOf(row[2] as string);
  if (address === null) return [];
  return [listener(protocol, { address, port: Number.parseInt(row[3] as string, 16) }, unknownHolder)];
}

/** The kernel prints each four bytes as a number of its own byte order; little endian machines are all that lack ss. */
function addressOf(hex: string): string | null {
  if (/^0+$/.test(hex)) return '*';
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  if (bytes.length !== 16) return null;
  // One of the older protocol is written as such.
  if (/^0{16}FFFF0000/.test(hex)) return `::ffff:${addressOf(hex.slice(24))}`;
  const groups = Array.from({ length: 8 }, (_, at) => Number.parseInt(`${bytes[2 * at]}${bytes[2 * at + 1]}`, 16));
  return groups
    .map((group) => group.toString(16))
    .join(':')
    .replace(/(?:^|:)0(?::0)+(?:$|:)/, '::');
}

function listener(protocol: 'tcp' | 'udp', { address, port }: Place, { process, pid }: Holder): Listener {
  const bare = address.replace(/%.*$/, '').replace(/^::ffff:/i, '');
  const local = /^127\.|^::1$/.test(bare) || address.endsWith('%lo');
  return { protocol, address: cutText(address, maxText), port, local, process, pid };
}
