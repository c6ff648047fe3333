import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { certificateProblem, parseCertificate } from './certificate.ts';
import { rotated } from './edit-known-hosts.ts';
import { isAbout } from './host-names.ts';
import { parseKnownHosts } from './parse-known-hosts.ts';
import { judgeHostKey, linesAbout } from './verdict.ts';
import { wireString } from './wire-reader.ts';

/** Nothing that stands in a file or comes from a host may throw or hang. */
const hash = () => 'x';
const rules = { verify: () => true, now: 0 };
const types = ['ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'ssh-ed25519-cert-v01@openssh.com', 'x'];
const bytes = fc.uint8Array({ maxLength: 300 });
const blob = fc
  .tuple(fc.constantFrom(...types), bytes)
  .map(([type, rest]) => encodeBase64(Uint8Array.of(...wireString(new TextEncoder().encode(type)), ...rest)));
const word = fc.oneof(
  fc.constantFrom(
    '@revoked',
    '@cert-authority',
    '@',
    '!*',
    '*',
    '|1|',
    '#',
    ' ',
    '\t',
    '\r\n',
    '\n',
    '\0',
    ',',
    'host',
    '::1',
  ),
  fc.constantFrom(...types),
  blob,
  fc.string(),
);
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));

test('any text, any key, any host', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...types), blob, fc.string(), (file, keyType, key, address) => {
      const { entries } = parseKnownHosts(file, 'f');
      const offered = { keyType, key };
      judgeHostKey(linesAbout(entries, { address, port: 2222 }, hash), offered, rules);
      const rotation = { name: address, shown: offered, proved: [offered], types, written: address };
      rotated(file, rotation, hash);
    }),
    { numRuns: 1000 },
  );
});

test('any bytes as a certificate', () => {
  fc.assert(
    fc.property(bytes, fc.nat(400), (rest, at) => {
      const type = 'ssh-ed25519-cert-v01@openssh.com';
      const whole = Uint8Array.of(...wireString(new TextEncoder().encode(type)), ...rest);
      whole[at % whole.length] = 0;
      const certificate = parseCertificate({ keyType: type, key: encodeBase64(whole) });
      if (certificate !== null) certificateProblem(certificate, 'h', 0);
    }),
    { numRuns: 1000 },
  );
});

test('base64 there and back; what is no exact base64 is none', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      const encoded = encodeBase64(some);
      expect([encoded, decodeBase64(encoded)]).toEqual([Buffer.from(some).toString('base64'), some]);
    }),
  );
  expect(['A', 'AA', 'AA=', 'AB==', 'AA==', 'AAB=', '=', '====', 'AA*=', 'AAAA====', ''].map(decodeBase64)).toEqual([
    ...[null, null, null, null, Uint8Array.of(0), null, null, null, null, null],
    new Uint8Array(),
  ]);
});

test('a pattern and a name made to be slow', () => {
  const names = `${'*a'.repeat(400)}*b`;
  expect(isAbout({ names }, 'a'.repeat(2000), hash)).toBe(false);
});
