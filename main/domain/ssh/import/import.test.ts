import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HostDraft } from '../../../contract/hosts.ts';
import { readAnsibleIni } from './ansible-ini.ts';
import { readAnsibleYaml } from './ansible-yaml.ts';
import { readCsv } from './csv.ts';
import { formatOf } from './format-of.ts';
import { expandRanges } from './host-ranges.ts';
import { readKnownHosts } from './known-hosts.ts';

interface Said {
  readonly name?: string;
  readonly port?: number;
  readonly user?: string;
  readonly key?: string;
  readonly group?: string;
  readonly tags?: string[];
}

function draft(address: string, { name = address, port, user, key, ...labels }: Said = {}): HostDraft {
  return {
    name,
    target: {
      transport: 'ssh',
      address,
      port: port ?? null,
      user: user ?? null,
      identityFiles: key === undefined ? [] : [key],
      agent: true,
    },
    ...labels,
  };
}

test('known_hosts: the first name of a line, once; patterns and marks are none, hashes are counted', () => {
  const text = [
    '# comment',
    'web.example,192.0.2.1 ssh-ed25519 AAAA',
    'web.example ssh-rsa AAAA',
    '[db.example]:2222 ssh-ed25519 AAAA comment',
    '[2001:db8::1]:22 ssh-ed25519 AAAA',
    '*.example,!x ssh-ed25519 AAAA',
    '@cert-authority *.example ssh-ed25519 AAAA',
    '@revoked bad ssh-ed25519 AAAA',
    '|1|salt=|hash= ssh-ed25519 AAAA',
    '|1|salt=|hash= ssh-rsa AAAA',
    'half',
    '',
  ].join('\r\n');
  expect(readKnownHosts(text)).toEqual({
    hosts: [draft('web.example'), draft('db.example', { port: 2222 }), draft('2001:db8::1', { port: 22 })],
    problems: [
      '2 entries are hashed (HashKnownHosts), so that the names cannot be read: add those hosts by hand.',
      'Patterns name no single host: 1 left out.',
    ],
  });
});

test.for([
  ['web', ['web']],
  ['web[01:03].x', ['web01.x', 'web02.x', 'web03.x']],
  ['db-[a:c]', ['db-a', 'db-b', 'db-c']],
  ['n[0:20:10]', ['n0', 'n10', 'n20']],
  ['r[1:2]-[a:b]', ['r1-a', 'r1-b', 'r2-a', 'r2-b']],
  ['x[9:11]', ['x9', 'x10', 'x11']],
  ['x[5:1]', null],
  ['x[1:999999]', null],
  ['x[1:99]y[1:99]', null],
  ['[2001:db8::1]', ['[2001:db8::1]']],
] as const)('range %s', ([name, names]) => {
  expect(expandRanges(name)).toEqual(names);
});

test('an inventory in INI form: ranges, variables of hosts and groups, groups in groups', () => {
  const text = `
; comment
lonely ansible_host=192.0.2.9
old:2200

[web]
web[01:02].example ansible_user=deploy ansible_port=2222  # comment
"quoted" ansible_ssh_private_key_file='~/.ssh/id web'
[db]
db1 ansible_ssh_host=10.0.0.1 ansible_password=secret
web01.example ansible_user=root
[db:vars]
ansible_user = postgres
ansible_port=5022
[prod:children]
web
db
[prod:vars]
ansible_user=nobody
http_port=80
[all:vars]
ansible_ssh_private_key_file=/keys/all
[windows]
win ansible_connection=winrm
here ansible_connection=local
tpl ansible_host="{{ address }}"
far ansible_ssh_common_args="-o ProxyJump=gw" ansible_port=x
`;
  const all = { key: '/keys/all' };
  expect(readAnsibleIni(text)).toEqual({
    hosts: [
      draft('192.0.2.9', { ...all, name: 'lonely' }),
      draft('old', { ...all, port: 2200 }),
      draft('web01.example', { ...all, user: 'root', port: 2222, group: 'web', tags: ['db', 'prod'] }),
      draft('web02.example', { ...all, user: 'deploy', port: 2222, group: 'web', tags: ['prod'] }),
      draft('quoted', { key: '~/.ssh/id web', user: 'nobody', group: 'web', tags: ['prod'] }),
      draft('10.0.0.1', { ...all, name: 'db1', user: 'postgres', port: 5022, group: 'db', tags: ['prod'] }),
      draft('tpl', { ...all, group: 'windows' }),
      draft('far', { ...all, group: 'windows' }),
    ],
    problems: [
      '“win” is reached by “winrm”, which is not SSH: left out.',
      '“tpl”: ansible_host is a template, which only Ansible can fill in.',
      '“far” is reached through another host: say so with ProxyJump in ~/.ssh/config.',
      '“far”: “x” is no port.',
    ],
  });
});

test('an inventory in YAML form', () => {
  const value = {
    all: {
      vars: { ansible_user: 'me', ansible_become_password: 'secret' },
      hosts: { lonely: null },
      children: {
        web: { hosts: { 'web[1:2]': { ansible_port: 2222 } }, vars: { ansible_user: 'deploy' } },
        eu: { children: { web: null, db: { hosts: { db1: { ansible_host: '10.0.0.1' } } } } },
        empty: null,
        odd: { hosts: ['a', 'b'], more: { x: 1 } },
        wrong: 'text',
      },
    },
  };
  expect(readAnsibleYaml(value)).toEqual({
    hosts: [
      draft('lonely', { user: 'me' }),
      draft('web1', { user: 'deploy', port: 2222, group: 'web', tags: ['eu'] }),
      draft('web2', { user: 'deploy', port: 2222, group: 'web', tags: ['eu'] }),
      draft('10.0.0.1', { name: 'db1', user: 'me', group: 'db', tags: ['eu'] }),
    ],
    problems: [
      'The group “odd”: “hosts” cannot be read: it has no names.',
      'The group “odd”: “more” is not known.',
      'The group “wrong” is left out: it has to say hosts, vars or children.',
    ],
  });
  expect(readAnsibleYaml(['a'])).toEqual({
    hosts: [],
    problems: ['An inventory begins with the names of its groups: all: or another.'],
  });
});

test('groups in a circle end', () => {
  expect(readAnsibleIni('[a:children]\nb\n[b:children]\na\n[b]\nhost\n').hosts).toEqual([
    draft('host', { group: 'b', tags: ['a'] }),
  ]);
});

test.for([
  [
    'commas',
    'name,address,port,user,group,tags\nWeb,192.0.2.1,2222,bob,Hall 1,"a b,c"\n',
    [draft('192.0.2.1', { name: 'Web', port: 2222, user: 'bob', group: 'Hall 1', tags: ['a', 'b', 'c'] })],
  ],
  [
    'semicolons, CRLF and a mark of byte order',
    '\ufeffName;Host Name;Login\r\nWeb;x;bob\r\n',
    [draft('Web', { user: 'bob' })],
  ],
  [
    'quotes with quotes, separators and newlines',
    'address,group\n"a","Hall ""1"",\nleft"\n',
    [draft('a', { group: 'Hall "1",\nleft' })],
  ],
  ['only names', 'name,\na\n\n  ,\nb\n', [draft('a'), draft('b')]],
  ['tabs', 'IP\tPORT\n10.0.0.1\t22\n', [draft('10.0.0.1', { port: 22 })]],
  ['the same twice', 'name,address\na,x\na,x\nb,x\n', [draft('x', { name: 'a' }), draft('x', { name: 'b' })]],
] as const)('CSV: %s', ([, text, hosts]) => {
  expect(readCsv(text).hosts).toEqual(hosts);
});

test('CSV: what is left out is told with its line', () => {
  expect(readCsv('name,address,port,colour\na,x,70000,red\n"b\nb",,,\n,,22,\n')).toEqual({
    hosts: [draft('b\nb')],
    problems: [
      'Columns that mean nothing here: “colour”.',
      'Line 2 is left out: “70000” is no port.',
      'Line 5 is left out: it has neither name nor address.',
    ],
  });
  expect(readCsv('a,b\n1,2\n').problems).toEqual([
    'The first line has to name the columns: name, address, port, user, group, tags.',
  ]);
});

test('more than a fleet, and more problems than anybody reads, are counted', () => {
  const many = readCsv(`name\n${Array.from({ length: 5003 }, (_, n) => `h${n}\n`).join('')}`);
  expect([many.hosts.length, many.problems]).toEqual([
    5000,
    ['Only the first 5000 hosts are taken; 3 more are left out.'],
  ]);
  const bad = readCsv(`name,port\n${'a,x\n'.repeat(40)}`);
  expect([bad.problems.length, bad.problems.at(-1)]).toEqual([31, 'There are 10 more problems of this kind.']);
});

test.for([
  ['known_hosts', '', 'known-hosts'],
  ['hosts.yml', '', 'ansible-yaml'],
  ['hosts.ini', '', 'ansible-ini'],
  ['HOSTS.CSV', '', 'csv'],
  ['hosts', '# x\n\nweb ssh-ed25519 AAAAC3\n', 'known-hosts'],
  ['hosts', '---\nall:\n', 'ansible-yaml'],
  ['hosts', 'all:\n  hosts:\n', 'ansible-yaml'],
  ['hosts', '[web]\na\n', 'ansible-ini'],
  ['hosts', 'a ansible_host=x\n', 'ansible-ini'],
  [null, 'name;address\n', 'csv'],
  [null, 'hello\n', null],
] as const)('the format of %s with “%s” is %s', ([name, text, format]) => {
  expect(formatOf(name, text)).toBe(format);
});

test('whatever a file holds, there is an answer', () => {
  const sign = fc.constantFrom(
    ...'[ ] : , ; = " \' # \n \r a 1 web ansible_port | @ all hosts vars children __proto__ name'.split(/ /),
  );
  const text = fc.array(fc.oneof(sign, fc.string()), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.anything(), (one, value) => {
      for (const read of [readKnownHosts, readAnsibleIni, readCsv]) read(one);
      readAnsibleYaml(value);
      formatOf(null, one);
    }),
    { numRuns: 500 },
  );
});
