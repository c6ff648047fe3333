import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLearner } from './redactor.ts';

const keyed = (text: string) => createHmac('sha256', 'test').update(text).digest();

/** Bytes that are much like what is looked for. */
const piece = fc.oneof(
  fc.constantFrom(
    'password=',
    '"token": "',
    '--secret ',
    'user@',
    '://',
    '/home/',
    ':x:1000:',
    '%41',
    '\\u0041',
    '\\"',
    '-----BEGIN RSA PRIVATE KEY-----\n',
    'naa.',
    '0x5',
    'eyJ',
    '$6$',
    '…',
    '\0',
    '\n',
    '\\\\',
    '"',
  ),
  fc.ipV4(),
  fc.ipV6(),
  fc.uuid(),
  fc.emailAddress(),
  fc.webUrl(),
  fc.base64String({ minLength: 8 }),
  fc.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const bytes = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => new TextEncoder().encode(pieces.join(''))),
  fc.uint8Array({ maxLength: 400 }),
);

function redactorFor(texts: readonly Uint8Array[], words: string[] = []) {
  const learner = createLearner({ keyed, words, names: [] });
  for (const text of texts) {
    learner.learn(text);
    learner.learnOutput('ps aux; hostname; cat /etc/hosts', text);
  }
  return learner.settle();
}

test('any bytes stay as many, only letters, digits and what base64 and addresses have change, and again they give the same', () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom('whole', 'cut'), (text, ending) => {
      const redactor = redactorFor([text]);
      const once = redactor.redact(text, ending);
      const kinds = (of: Uint8Array) =>
        [...of].map((byte) => (byte >= 0x80 ? 'x' : /[A-Za-z0-9+/_.-]/.test(String.fromCharCode(byte)) ? 'a' : byte));
      expect(kinds(once)).toEqual(kinds(text));
      expect(redactorFor([text]).redact(text, ending)).toEqual(once);
    }),
    { numRuns: 100 },
  );
});

test('what is UTF-8, or JSON, stays so', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const json = new TextEncoder().encode(JSON.stringify({ pieces }));
      const shared = new TextDecoder('utf-8', { fatal: true }).decode(redactorFor([json]).redact(json, 'whole'));
      const { pieces: read } = JSON.parse(shared);
      expect(read.map((one: string) => one.length)).toEqual(pieces.map((one) => one.length));
    }),
    { numRuns: 100 },
  );
});

const sentence = fc.oneof(
  fc.ipV4().map((address) => `connect to ${address}`),
  fc.uuid().map((uuid) => `uuid ${uuid}`),
  fc.emailAddress().map((address) => `mail to ${address}`),
  fc.stringMatching(/^[a-z]{4,9}$/).map((name) => `ls /home/${name}/x`),
  fc.stringMatching(/^[a-zA-Z0-9]{8,20}$/).map((secret) => `run --password ${secret} --next`),
  fc.stringMatching(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/).map((mac) => `ether ${mac} brd`),
);

test('what was redacted is not changed again', () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 20 }), (lines) => {
      const text = new TextEncoder().encode(lines.join('\n'));
      const redactor = redactorFor([text]);
      const once = redactor.redact(text, 'whole');
      expect(redactor.redact(once, 'whole')).toEqual(once);
    }),
    { numRuns: 100 },
  );
});

test.each([
  'a',
  '1.',
  '%41',
  '\\u0041',
  'a:',
  '=',
  'password=',
  '@',
  'user@host ',
  '-----BEGIN RSA PRIVATE KEY-----',
  'A/b1',
  '"',
  '…',
  '0x5',
  'eyJa.',
])('a long line of %j ends', (part) => {
  const text = new TextEncoder().encode(part.repeat((64 << 10) / part.length));
  expect(redactorFor([text], ['aaaa', 'word']).redact(text, 'cut')).toHaveLength(text.length);
});
