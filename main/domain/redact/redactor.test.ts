import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { plant, tracesOf } from './planted-fixture.ts';
import { createLearner, type Redactor } from './redactor.ts';

const keyed = (text: string) => createHmac('sha256', 'test').update(text).digest();
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (of: Uint8Array) => new TextDecoder().decode(of);

function learn(texts: readonly string[], options: { words?: string[]; names?: string[] } = {}): Redactor {
  const learner = createLearner({ keyed, words: options.words ?? [], names: options.names ?? [] });
  for (const one of texts) learner.learn(bytes(one));
  return learner.settle();
}

test('two hundred things in each form leave no trace, and each has one pseudonym', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const { plants, outputs } = plant(random);
  expect(plants).toHaveLength(200);
  const learner = createLearner({ keyed, words: [], names: [] });
  for (const { command, output } of outputs) {
    learner.learn(bytes(output));
    learner.learnOutput(command, bytes(output));
  }
  const redactor = learner.settle();
  const shared = outputs.map(({ output, truncated }) =>
    text(redactor.redact(bytes(output), truncated ? 'cut' : 'whole')),
  );
  const all = shared.join('\n').toLowerCase();
  const leaks = plants.flatMap((one) =>
    tracesOf(one)
      .filter((trace) => all.includes(trace))
      .map((trace) => `${one.type} ${one.original}: ${trace}`),
  );
  expect(leaks).toEqual([]);
  expect(shared.map(({ length }) => length)).toEqual(outputs.map(({ output }) => output.length));
});

test.each([
  ['a command line of mysql', 'mysql -pHunter22x --host=db -e "x"', 'mysql -p', 'Hunter22x'],
  ['an option in /proc/PID/cmdline', 'app\0--password\0Hunter22x\0--x', '--x', 'Hunter22x'],
  ['a URL', 'postgres://carla:hunter22@db.acme.example/x', 'postgres://', 'hunter22'],
  ['a header', 'Authorization: Bearer abcDEF123456789012345', 'Authorization: Bearer ', 'abcDEF123456789012345'],
  ['a key of AWS', 'id AKIAIOSFODNN7EXAMPLE.', 'id AKIA', 'IOSFODNN7EXAMPLE'],
  ['a JWT', 'x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijk', 'x eyJ', 'abcdefghijk'],
  ['a password hash', 'eva:$6$saltsalt$abcdefghijklmnop12345:19000:0', ':$6$', 'abcdefghijklmnop12345'],
  ['curl with a user', 'curl -u karla:hunter22x https://x', 'curl -u ', 'hunter22x'],
  ['an environment', 'PGPASSWORD=hunter22x psql', 'PGPASSWORD=', 'hunter22x'],
  ['what sshd says', 'Accepted publickey for karla from 10.1.2.3 port 22', 'Accepted publickey for ', 'karla'],
  ['a home', 'cd /home/karla/x', 'cd /home/', 'karla'],
  ['a serial', 'Serial Number:    WD-WCC7K0123456', 'Serial Number:    ', 'WCC7K0123456'],
  ['a WWN with blanks', 'LU WWN Device Id: 5 0014ee 25ff8a7a6', 'LU WWN Device Id: 5 ', '0014ee 25ff8a7a6'],
  ['/proc/net/tcp', '  0: 0A01A8C0:1F90 0100007F:0016', ':1F90 0100007F:0016', '0A01A8C0'],
  ['an interface of a MAC', 'enx0a1b2c3d4e5f: up', 'enx', '0a1b2c3d4e5f'],
  ['a mount over the network', 'nas-44:/export /mnt nfs4 rw', ':/export /mnt nfs4', 'nas-44'],
  [
    'a share',
    '//nas-44/share /mnt cifs username=karla,password=Hunter22x,uid=0',
    '/share /mnt cifs username=',
    'Hunter22x',
  ],
  [
    'the comment of a key',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7x8+Zx8+Zx8+Zx8+Zx8+Z karla@laptop-77',
    'ssh-rsa AAAAB3NzaC1yc2E',
    'laptop-77',
  ],
  ['what cron says', 'CRON[12]: (karla) CMD (/usr/bin/x)', ') CMD (/usr/bin/x)', 'karla'],
  ['what Windows says', 'Host Name . . . . . . . : DESKTOP-4QX7', 'Host Name . . . . . . . : ', '4QX7'],
  ['an IPv4 in an IPv6', 'from ::ffff:c0a8:101 port', 'from ::ffff:', 'c0a8:101'],
  ['a domain in mail', 'to karla@mail.acme-werke.example now', '.example now', 'acme-werke'],
  ['a shell of somebody else', 'sudo -u karla ls', 'sudo -u ', 'karla'],
  ['an element of XML', '<db><password>Hunter22x</password></db>', '<password>', 'Hunter22x'],
  ['an attribute of XML', '<Password value="Hunter22x"/>', '<Password value="', 'Hunter22x'],
  ['the file of redis', 'requirepass Hunter22x', 'requirepass ', 'Hunter22x'],
  ['a quote that is doubled', "password = 'it''s Hunter22x'", 'password = ', 'Hunter22x'],
  ['a name of an IPv6 in DNS', '1.0.0.0.8.b.d.0.1.0.a.2.ip6.arpa', '.ip6.arpa', '1.0.a.2'],
])('%s', (_, from, kept, gone) => {
  const shared = text(learn([from]).redact(bytes(from), 'whole'));
  expect([shared.length, shared.includes(kept), shared.includes(gone)]).toEqual([from.length, true, false]);
});

test.each([
  'Linux 6.1.0-18-amd64 #1 SMP Debian 6.1.76-1 (2024-02-01) x86_64',
  'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin',
  'driver version 4.4.0.112, at 12:34:56 on 2026-04-22T20:13:19.123456Z, size=4096',
  '127.0.0.1 localhost ::1 0.0.0.0/0 255.255.255.0 ff:ff:ff:ff:ff:ff 00:00:00:00:00:00',
  'cpu  1234 0 567 89 0 0 0\nMemTotal:  16384 kB\nnvme0n1 259 0 sda 8 0 mirror-0 ONLINE 0 0 0',
  'PWD=/tmp OLDPWD=/srv HOME=/root PATH=/usr/bin:/bin file:/x error:/y // a comment',
  'passwd:         files systemd\nshadow:         files',
  'per-user basis, number of login retries, user-defined fields, openblas_* and host-specific',
  'max_tokens: 4096, password: required, token_type: bearer, PASS: 12',
  '1.3.6.1.4.1.2021.10 and 1.2.3.4.5 and openssl 3.0.11.1-2',
])('what names nobody stays: %j', (kept) => {
  expect(text(learn([kept]).redact(bytes(kept), 'whole'))).toBe(kept);
});

test('a command that PowerShell was given in base64 of UTF-16', () => {
  const wide = Buffer.from('connect --password Hunter22x --to karla', 'utf16le').toString('base64');
  const redactor = learn([`powershell -EncodedCommand ${wide}`, 'ls /home/karla']);
  const shared = text(redactor.redact(bytes(`powershell -EncodedCommand ${wide}`), 'whole'));
  const read = Buffer.from(shared.split(' ')[2] as string, 'base64').toString('utf16le');
  expect([read.length, read.startsWith('connect --password '), /Hunter22x|karla/.test(read)]).toEqual([
    39,
    true,
    false,
  ]);
});

test('the same name is the same pseudonym in each text, and the letters keep their size', () => {
  const redactor = learn(['ssh karla@tank-07: ok']);
  const shared = ['karla on tank-07', 'KARLA on Tank-07', '/home/karla/tank-07.log'].map((one) =>
    text(redactor.redact(bytes(one), 'whole')),
  );
  const [name = '', host = ''] = /^(\w+) on (\S+)$/.exec(shared[0] as string)?.slice(1) ?? [];
  const capital = `${host[0]?.toUpperCase()}${host.slice(1)}`;
  expect(shared).toEqual([`${name} on ${host}`, `${name.toUpperCase()} on ${capital}`, `/home/${name}/${host}.log`]);
});

test('addresses stay in their network and of their kind, whatever way they are written', () => {
  const redactor = learn([
    '10.20.30.4 10.20.30.77 2001:db8:1:2::5 2001:0db8:0001:0002:0:0:0:5 52:54:00:ab:cd:ef 5254.00ab.cdef',
  ]);
  const [a = '', b = '', six = '', long = '', mac = '', dotted = ''] = text(
    redactor.redact(
      bytes('10.20.30.4 10.20.30.77 2001:db8:1:2::5 2001:0db8:0001:0002:0:0:0:5 52:54:00:ab:cd:ef 5254.00ab.cdef'),
      'whole',
    ),
  ).split(' ');
  expect([a, b]).toEqual([
    expect.stringMatching(/^10\.\d\d\.\d\d\.\d$/),
    expect.stringMatching(/^10\.\d\d\.\d\d\.\d\d$/),
  ]);
  expect(b.split('.').slice(0, 3)).toEqual(a.split('.').slice(0, 3));
  expect(six).toMatch(/^3fff:[0-9a-f]{3}:[0-9a-f]:[0-9a-f]::[0-9a-f]$/);
  expect(
    long
      .split(':')
      .map((group) => Number.parseInt(group, 16).toString(16))
      .join(':')
      .replace(':0:0:0:', '::'),
  ).toBe(six);
  expect(dotted.replaceAll('.', '')).toBe(mac.replaceAll(':', ''));
});

test('words of the technician go anywhere, and what ends in the middle goes too', () => {
  const redactor = learn(['token=abcDEF123456789'], {
    words: ['Aurora Borealis', 'ß-Werk'],
    names: ['karlas-nas.acme.example'],
  });
  const shared = text(
    redactor.redact(bytes('xAURORA borealisx ß-Werk karlas-nas nas.acme.example then abcDEF1234'), 'cut'),
  );
  expect(/aurora|borealis|werk|karlas-nas|acme|abcDEF/i.exec(shared)).toBeNull();
});
