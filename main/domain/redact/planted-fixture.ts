/** One thing that must not be seen, where a host would say it, and how it stands there. */
export interface Plant {
  readonly type: 'host' | 'user' | 'secret' | 'ipv4' | 'ipv6' | 'mac' | 'serial' | 'wwn' | 'uuid';
  readonly original: string;
}

export interface PlantedOutput {
  readonly command: string;
  readonly output: string;
  readonly truncated: boolean;
}

/** 200 things that must not be seen, and outputs that hold each of them in each form; the same for the same numbers. */
export function plant(random: () => number): { plants: Plant[]; outputs: PlantedOutput[] } {
  const whole = (below: number): number => Math.floor(random() * below);
  const letters = (count: number, from: string): string =>
    Array.from({ length: count }, () => from[whole(from.length)]).join('');
  const small = 'abcdefghijklmnopqrstuvwxyz';
  const hex = '0123456789abcdef';
  const each = <Item>(count: number, make: (index: number) => Item): Item[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const some = (type: Plant['type'], count: number, make: (index: number) => string): Plant[] =>
    each(count, (index) => ({ type, original: make(index) }));

  const hosts = some('host', 25, (n) => `${letters(3 + (n % 4), small)}-${letters(3, small)}${10 + n}`);
  const users = some('user', 25, (n) => `${letters(5 + (n % 5), small)}`);
  const secrets = some('secret', 50, (n) =>
    n % 5 === 4
      ? `${letters(4, small)}"${letters(3, 'XYZ')}\\${letters(4, '123456789')} ${letters(3, small)}&${letters(2, 'KLM')}ß`
      : `${letters(5, small)}${letters(3, 'ABCDEFGH')}${letters(4, '0123456789')}${['', '!', '/+', '%'][n % 4]}${letters(3, small)}`,
  );
  const ipv4 = some(
    'ipv4',
    30,
    (n) =>
      [
        `10.${whole(250)}.${whole(250)}.${1 + n}`,
        `192.168.${whole(250)}.${100 + n}`,
        `${130 + whole(30)}.${whole(250)}.${whole(250)}.${10 + n}`,
      ][n % 3] as string,
  );
  const ipv6 = some(
    'ipv6',
    10,
    () => `2a01:${letters(3, '123456789')}:${letters(4, '123456789abcdef')}::${letters(4, '123456789abcdef')}:7`,
  );
  const macs = some('mac', 20, () => `00${each(5, () => `:${letters(2, hex)}`).join('')}`);
  const serials = some(
    'serial',
    20,
    (n) => `${letters(3, 'WSZK')}${n}${letters(2, 'ABCDEF')}${letters(7, '0123456789')}`,
  );
  const wwns = some('wwn', 10, () => `5000c500${letters(8, hex)}`);
  const uuids = some('uuid', 10, () => [8, 4, 4, 4, 12].map((length) => letters(length, hex)).join('-'));
  const plants = [...hosts, ...users, ...secrets, ...ipv4, ...ipv6, ...macs, ...serials, ...wwns, ...uuids];

  const name = ({ original }: Plant): string => original;
  const at = (list: readonly Plant[], index: number): string => (list[index % list.length] as Plant).original;
  const output = (command: string, lines: readonly string[], truncated = false): PlantedOutput => ({
    ...{ command, truncated },
    output: `${lines.join('\n')}\n`,
  });
  const base64 = (text: string): string => base64Of(new TextEncoder().encode(text));
  const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
  const outputs = [
    output(
      'cat /etc/hosts',
      hosts.map((host, n) => `${at(ipv4, n)}\t${name(host)}.kunde-${n % 3}.example ${name(host)}`),
    ),
    output(
      'getent passwd',
      users.map((user, n) => `${name(user)}:x:${1000 + n}:${1000 + n}:,,,:/home/${name(user)}:/bin/bash`),
    ),
    output(
      'ip addr',
      macs.map((mac, n) => `${n}: eth${n}: link/ether ${name(mac)} inet ${at(ipv4, n)}/24 inet6 ${at(ipv6, n)}/64`),
    ),
    output(
      'ip neigh',
      ipv4.map((address, n) => `${name(address)} dev eth0 lladdr ${at(macs, n)} REACHABLE`),
    ),
    output('lsblk -o NAME,SERIAL', ['NAME SERIAL', ...serials.map((serial, n) => `sd${small[n]} ${name(serial)}`)]),
    output(
      'ls /dev/disk/by-id',
      wwns.map((wwn) => `wwn-0x${name(wwn)} -> ../../sda`),
    ),
    output(
      'blkid',
      uuids.map((uuid, n) => `/dev/sda${n}: UUID="${name(uuid)}" TYPE="ext4"`),
    ),
    output(
      'cat /etc/app.conf',
      secrets.map((secret, n) => `PASSWORD_${n}='${name(secret)}'`),
    ),
    output(
      'cat app.json',
      plants.map(({ original }, n) => `{"n":${n},"value":"${escaped(original)}","at":1}`),
    ),
    output(
      'cat double.json',
      plants.map(({ original }) => JSON.stringify({ text: JSON.stringify({ x: original }) })),
    ),
    output(
      'cat access.log',
      plants.map(({ original }) => `GET /login?next=${encodeURIComponent(original)}&x=1 HTTP/1.1`),
    ),
    output(
      'cat percent.log',
      plants.map(({ original }) => percentOf(original)),
    ),
    output(
      'cat tokens',
      plants.flatMap(({ original }) => ['', ' ', ', '].map((before) => `t=${base64(`${before}${original} and more`)}`)),
    ),
    output('cat mail', [(base64(plants.map(name).join(' : ')).match(/.{1,76}/g) ?? []).join('\n')]),
    output(
      'ps axww',
      plants.map(({ original }, n) => `${n} ? S 0:00 tool --value=${original} --next`),
    ),
    output('cat /proc/7/cmdline', [plants.map(name).join('\0')]),
    output(
      'xxd -p',
      plants.map(({ original }) => hexOf(original)),
    ),
    output(
      'cat wide',
      plants.map(({ original }) =>
        [...`value ${original} end`].map((letter) => (letter === 'ß' ? 's\0' : `${letter}\0`)).join(''),
      ),
    ),
    ...plants.map(({ original }) => ({
      ...{ command: 'cat cut', truncated: true },
      output: `the end of it is ${original.slice(0, Math.max(7, original.length - 3))}`,
    })),
  ];
  return { plants, outputs };
}

/** What must not be found of it: as it is, and in each encoding, base64 by what does not depend on its neighbours. */
export function tracesOf({ original }: Plant): string[] {
  const bytes = new TextEncoder().encode(original);
  const padded = (before: number): string => {
    const text = base64Of(Uint8Array.of(...Array.from({ length: before }, () => 0), ...bytes));
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + bytes.length) * 4) / 3));
  };
  // Of addresses the network: private ones begin alike. Five digits of a MAC are those of some pseudonym in a hundred runs.
  const most = /^(?:[\da-f]{2}:){5}/.test(original) ? 11 : 7;
  const network = original.slice(0, original.lastIndexOf('.') + 1);
  const beginning = /^[\d.]+$/.test(original) ? network : original.slice(0, most);
  const traces = [original, JSON.stringify(original).slice(1, -1), encodeURIComponent(original), percentOf(original)];
  return [...traces, hexOf(original), padded(0), padded(1), padded(2), beginning].map((trace) => trace.toLowerCase());
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.subarray(at, at + 3);
    const sextets = [a >> 2, ((a & 3) << 4) | ((b ?? 0) >> 4), (((b ?? 0) & 15) << 2) | ((c ?? 0) >> 6), (c ?? 0) & 63];
    const used = b === undefined ? 2 : c === undefined ? 3 : 4;
    text += sextets.map((sextet, place) => (place < used ? alphabet[sextet] : '=')).join('');
  }
  return text;
}

function hexOf(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function percentOf(text: string): string {
  return hexOf(text).replace(/../g, (pair) => `%${pair}`);
}
