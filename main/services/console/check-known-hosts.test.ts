import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey, runTool } from '../../../e2e/lab/keys.ts';
import { type Sshd, startSshd } from '../../../e2e/lab/sshd.ts';
import { isAbout, knownHostName } from '../../domain/ssh/known-hosts/host-names.ts';
import { hashName, readKnownHosts } from '../ssh/known-hosts-files.ts';
import { checkKnownHosts } from './check-known-hosts.ts';

/** What is expected here is what OpenSSH on this machine says when the test runs: `ssh-keygen -F`, and `ssh` itself. */
const directory = mkdtempSync(join(tmpdir(), 'rackside-known-'));
const [first, second, third] = ['first', 'second', 'third'].map((name) => makeKey(directory, name).publicKey) as [
  string,
  string,
  string,
];
const rsa = makeKey(directory, 'rsa', { type: 'rsa' }).publicKey;
const ecdsa = makeKey(directory, 'ecdsa', { type: 'ecdsa' }).publicKey;

const lines = [
  '# a comment',
  '',
  `plain.example ${first} with a comment`,
  `one.example,two.example,192.0.2.7 ${second}`,
  `[odd.example]:2222 ${third}`,
  `*.wild.example,!not.wild.example ${first}`,
  `h?st.example\t${second.replace(' ', '\t')}`,
  `UPPER.example ${third}`,
  `@revoked plain.example ${third}`,
  `@cert-authority *.ca.example,!*.dev.ca.example ${first}`,
  `[2001:db8::1]:2222,2001:db8::2 ${first}`,
  `fe80::1%eth0 ${second}`,
  `  \t indented.example   \t${first}`,
  `ending.example ${second}\r`,
  `plain.example ${rsa}`,
  `plain.example ${ecdsa} same host, another type`,
  `@revoked\ttabbed.example\t${third.replace(' ', '\t')}`,
  `@revoked\thalf.example ${third}`,
  `@unknown marked.example ${first}`,
  `@cert-authority @revoked twice.example ${first}`,
  `!only.example ${first}`,
  `only.example,!only.example ${first}`,
  `a*b*c.example,?? ${second}`,
  `[10.0.0.*]:* ${third}`,
  `,comma.example,, ${first}`,
  `*.*.deep.example ${first}`,
  '# plain.example commented out',
  `#sharp.example ${first}`,
  `sharp.example#here ${first}`,
  `star.example:22 ${first}`,
  `[bare.example]:22 ${second}`,
  `${'long-'.repeat(300)},after-long.example ${first}`,
  `before-long.example,${'long-'.repeat(300)} ${first}`,
  `|1|bm90IGEgc2FsdA==|bm90IGEgaGFzaA== ${first}`,
  `many.example,${Array.from({ length: 200 }, (_, index) => `n${index}.example`).join(',')} ${first}`,
  `@revoked * ${rsa}`,
];

const names: [address: string, port: number][] = [
  ...['plain.example', 'PLAIN.example', 'one.example', 'two.example', '192.0.2.7', '192.0.2.70'],
  ...['odd.example', 'a.wild.example', 'a.b.wild.example', 'not.wild.example', 'wild.example', '.wild.example'],
  ...['host.example', 'hoost.example', 'upper.example', 'x.ca.example', 'x.dev.ca.example', '2001:db8::1'],
  ...['2001:db8::2', '2001:DB8::2', 'fe80::1%eth0', 'FE80::1%ETH0', 'fe80::1', 'indented.example', 'ending.example'],
  ...['tabbed.example', 'half.example', 'marked.example', 'twice.example', 'only.example', 'abc.example'],
  ...['aXbYc.example', 'acb.example', 'xy', 'xyz', 'comma.example', 'a.b.deep.example', 'a.deep.example'],
  ...['sharp.example', 'sharp.example#here', 'star.example:22', 'bare.example', 'after-long.example'],
  ...['before-long.example', 'n199.example', 'n200.example', 'nobody.example', '*', 'many.example,n1.example'],
].map((name) => [name, 22] as [string, number]);
names.push(
  ...(['odd.example', 'plain.example', 'bare.example', '10.0.0.9', '10.0.1.9', '2001:db8::1'] as const).map(
    (name): [string, number] => [name, 2222],
  ),
);

const plain = join(directory, 'plain');
const hashed = join(directory, 'hashed');
writeFileSync(plain, `${lines.join('\n')}\n`);
// ssh-keygen hashes no file that it cannot read whole.
writeFileSync(
  hashed,
  `${lines.filter((line) => !/^(@unknown|@cert-authority @|@revoked\thalf|\|1)/.test(line)).join('\n')}\n`,
);
execFileSync('ssh-keygen', ['-q', '-H', '-f', hashed], { stdio: 'ignore' });

/** The lines that ssh-keygen finds for each name. */
async function foundBySshKeygen(file: string): Promise<Record<string, number[]>> {
  const run = promisify(execFile);
  const asked = names.map(async ([address, port]) => {
    // ssh asks in lower case; ssh-keygen leaves that to its caller.
    const name = knownHostName(address, port);
    const answer = await run('ssh-keygen', ['-F', name, '-f', file]).catch(() => ({ stdout: '' }));
    return [name, [...answer.stdout.matchAll(/found: line (\d+)/g)].map((match) => Number(match[1]))] as const;
  });
  return Object.fromEntries(await Promise.all(asked));
}

test.each([
  ['as written', plain],
  ['hashed by ssh-keygen', hashed],
])('%s: every name is on the lines where ssh-keygen finds it', async (_how, file) => {
  const { entries } = await readKnownHosts([file]);
  const ours = names.map(([address, port]) => {
    const name = knownHostName(address, port);
    return [name, entries.filter((entry) => isAbout(entry, name, hashName)).map(({ line }) => line)] as const;
  });
  const theirs = await foundBySshKeygen(file);
  expect(Object.fromEntries(ours)).toEqual(theirs);
  expect([names.length > 50, Object.values(theirs).filter((found) => found.length > 1).length > 20]).toEqual([
    true,
    true,
  ]);
});

test('the hashed file is hashed', () => {
  expect(readFileSync(hashed, 'utf8')).toMatch(/^\|1\|/m);
  expect(readFileSync(hashed, 'utf8')).not.toContain('two.example');
});

/** One host with a key of three types, each with a certificate: a good one, one that is over, one for another name. */
let sshd: Sshd;
const keys: Record<string, string> = { first, second, third, rsa, ecdsa };

beforeAll(async () => {
  const certificates = { ed25519: ['-n', '127.0.0.1,other'], ecdsa: ['-V', '20200101:20210101'], rsa: ['-n', '127.*'] };
  const authority = makeKey(directory, 'authority', { type: 'ecdsa' });
  keys.authority = authority.publicKey;
  const config = Object.entries(certificates).flatMap(([type, options]) => {
    const own = makeKey(directory, `own_${type}`, { type: type as 'rsa' });
    keys[`own_${type}`] = own.publicKey;
    runTool('ssh-keygen', ['-q', '-s', authority.file, '-h', '-I', 'lab', ...options, `${own.file}.pub`]);
    const [keyType, key] = readFileSync(`${own.file}-cert.pub`, 'utf8').split(' ');
    keys[`cert_${type}`] = `${keyType} ${key}`;
    return [`HostKey ${own.file}`, `HostCertificate ${own.file}-cert.pub`];
  });
  sshd = await startSshd({ config });
});

afterAll(async () => {
  await sshd.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** What `ssh` decides about the host when its files are these and it is to show that key. */
async function decidedBySsh(known: readonly string[], algorithm: string): Promise<string> {
  const options = [
    ...['BatchMode=yes', 'StrictHostKeyChecking=yes', 'PreferredAuthentications=none', 'UpdateHostKeys=no'],
    ...[`UserKnownHostsFile=${known[0]}`, `GlobalKnownHostsFile=${known[1]}`, `HostKeyAlgorithms=${algorithm}`],
    'KexAlgorithms=curve25519-sha256',
  ];
  const args = ['-v', '-F', 'none', ...options.flatMap((option) => ['-o', option])];
  const child = spawn('ssh', [...args, '-p', String(sshd.port), '127.0.0.1', 'true'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  await once(child, 'close');
  const where = (text: RegExp) => text.exec(said)?.[1];
  if (/marked as revoked/.test(said)) return 'revoked';
  if (/has changed and you have/.test(said)) return `changed ${where(/Offending \S+ key in (\S+)/)}`;
  // The last holds: a certificate that does not is followed by the key in it.
  const match = [...said.matchAll(/is known and matches the \S+ host (key|certificate)/g)].at(-1)?.[1];
  if (match === undefined || /Host key verification failed/.test(said)) return 'unknown';
  return match === 'key' ? `known ${where(/Found key in (\S+)/)}` : `ca ${where(/Found CA key in (\S+)/)}`;
}

/** N is the host with its port, B without; a word in braces is a key, and a second text is the system's file. */
const decisions: [shown: string, user: string, system?: string][] = [
  ['own_ed25519', ''],
  ['own_ed25519', 'N {own_ed25519}'],
  ['own_ed25519', 'N {first}\nN {own_ed25519}'],
  ['own_ed25519', 'N {first}\nN {second}'],
  ['own_ed25519', 'N {first}\nN {rsa}'],
  ['own_ed25519', 'N {rsa}', 'N {third}'],
  ['own_ed25519', 'N {rsa}', 'N {own_ed25519}'],
  ['own_ed25519', 'B {own_ed25519}'],
  ['own_ed25519', 'B {first}'],
  ['own_ed25519', 'N {first}\nB {own_ed25519}'],
  ['own_ed25519', '*,!N {own_ed25519}'],
  ['own_ed25519', '[127.*]:* {own_ed25519}\r'],
  ['own_ed25519', 'N {own_ed25519}x'],
  ['own_ed25519', 'N ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAA\nN {own_ed25519}'],
  ['own_ed25519', '@revoked * {own_ed25519}\nN {own_ed25519}'],
  ['own_ed25519', 'N {own_ed25519}', '@revoked N {own_ed25519}'],
  ['own_ed25519', '@revoked B {own_ed25519}'],
  ['own_ed25519', '@revoked B {own_ed25519}\nN {own_ed25519}'],
  ['own_ed25519', '@revoked\tN {own_ed25519}'],
  ['own_ed25519', '@cert-authority N {own_ed25519}'],
  ['own_rsa', 'N {own_rsa}'],
  ['own_ecdsa', 'N {own_ed25519}\nN {own_ecdsa}'],
  ['cert_ed25519', '@cert-authority N {authority}'],
  ['cert_ed25519', '@cert-authority B {authority}'],
  ['cert_ed25519', '@cert-authority N {first}\n@cert-authority * {authority}'],
  ['cert_ed25519', '@cert-authority other {authority}'],
  ['cert_ed25519', 'N {authority}'],
  ['cert_ed25519', 'N {first}', '@cert-authority N {authority}'],
  ['cert_ed25519', '@cert-authority N {authority}\n@revoked * {authority}'],
  ['cert_ed25519', '@cert-authority N {authority}\n@revoked * {own_ed25519}'],
  ['cert_ed25519', 'N {own_ed25519}'],
  ['cert_ed25519', 'N {first}'],
  ['cert_ecdsa', '@cert-authority N {authority}'],
  ['cert_ecdsa', '@cert-authority N {authority}\nN {own_ecdsa}'],
  ['cert_rsa', '@cert-authority N {authority}'],
];

test.each(decisions)('ssh decides the same about %s with %j and %j', async (shown, user, system = '') => {
  const known = [user, system].map((text, index) => {
    const filled = text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => keys[name] ?? '');
    const file = join(directory, `decision-${index}`);
    const named = filled.replaceAll(/\bN\b(?= )/g, `[127.0.0.1]:${sshd.port}`).replaceAll(/\bB\b(?= )/g, '127.0.0.1');
    writeFileSync(file, `${named}\n`);
    return file;
  });
  const [keyType = '', key = ''] = (keys[shown] ?? '').split(' ');
  const algorithm = keyType.replace(/^ssh-rsa/, 'rsa-sha2-256');
  const question = { address: '127.0.0.1', port: sshd.port, keyType, key, files: known, dataFolder: directory };
  const { verdict, file, line } = await checkKnownHosts(question);
  // ssh does not say which line revokes a key.
  const ours = verdict === 'unknown' || verdict === 'revoked' ? verdict : `${verdict} ${file}:${line}`;
  expect(ours).toEqual(await decidedBySsh(known, algorithm));
});

test('why a certificate does not vouch for a host', async () => {
  const file = join(directory, 'reasons');
  writeFileSync(file, `@cert-authority * ${keys.authority}\n`);
  const reasonFor = async (line: string, address = '127.0.0.1') => {
    const [keyType = '', key = ''] = line.split(' ');
    const question = { address, port: 22, keyType, key, files: [file], dataFolder: directory };
    const { verdict, reason } = await checkKnownHosts(question);
    return reason ?? verdict;
  };
  const userKey = makeKey(directory, 'user');
  runTool('ssh-keygen', ['-q', '-s', join(directory, 'authority'), '-I', 'lab', '-n', 'me', `${userKey.file}.pub`]);
  const good = keys.cert_ed25519 ?? '';
  // The last bytes are those of the signature, and a number before its end is one more or one less.
  const forged = `${good.slice(0, -8)}${good.at(-8) === 'A' ? 'B' : 'A'}${good.slice(-7)}`;
  expect({
    good: await reasonFor(good),
    otherName: await reasonFor(good, 'OTHER'),
    wrongName: await reasonFor(good, 'third'),
    over: await reasonFor(keys.cert_ecdsa ?? ''),
    pattern: await reasonFor(keys.cert_rsa ?? ''),
    forUsers: await reasonFor(readFileSync(join(directory, 'user-cert.pub'), 'utf8')),
    forged: await reasonFor(forged),
  }).toEqual({
    good: 'ca',
    otherName: 'ca',
    wrongName: 'third is not among the names that it is for',
    over: 'it has expired',
    pattern: '127.0.0.1 is not among the names that it is for',
    forUsers: 'it is not a host certificate',
    forged: 'its signature does not hold',
  });
});
