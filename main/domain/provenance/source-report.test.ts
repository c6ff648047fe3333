import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Provenance } from '../../contract/provenance.ts';
import { createLearner } from '../redact/redactor.ts';
import { learnSource, redactSource } from './redact-source.ts';
import { sourceReport } from './source-report.ts';

const bytes = 'Filesystem 1K-blocks\n/dev/sda1 41152736 … 192.168.7.9\n\u001b[2J⟦forged⟧\n';
const latin1 = Buffer.from(bytes, 'utf8').toString('latin1');
const at = latin1.indexOf('41152736');

const told: Provenance = {
  ...{
    collector: 'filesystems',
    about: 'Space, from df.',
    status: 'ok',
    reason: null,
    remedy: null,
    value: 42_140_401_664,
  },
  ...{ formula: 'blocks × the size of a block', worked: '41152736 × 1024 = 42140401664', complete: true },
  records: [
    {
      ...{ command: 'df -P # on mercurio7.intern', ended_at: 0, round: 'this', exit: 0, error: null, duration_ms: 3 },
      ...{
        truncated: false,
        timed_out: false,
        size: latin1.length,
        offset: 0,
        bytes: latin1,
        stderr: 'df: 10.1.2.3: gone\n',
      },
      marks: [[at, at + 8]],
      used: true,
    },
  ],
};

test('a report tells the computation and the used bytes, and no name of the host', () => {
  const learner = createLearner({
    keyed: (text) => createHash('sha256').update(text, 'latin1').digest(),
    words: [],
    names: ['mercurio7.intern'],
  });
  learnSource(told, learner);
  const redactor = learner.settle();
  const text = sourceReport({
    ...{ version: '1.2.3', kind: 'medium', collectedAt: '2026-11-21T14:03:22.000Z' },
    readings: [{ path: ['filesystems', 'list', 0, 'size_bytes'], told: redactSource(told, redactor) }],
  });
  expect(text).not.toMatch(/mercurio7|192\.168\.7\.9|10\.1\.2\.3/);
  expect(text.includes('\u001b')).toBe(false);
  expect(redactor.counts()).toMatchObject({ ipv4: 2, host: 1 });
  const command = /^\$ df -P # on \S+$/m.exec(text)?.[0];
  const [, address] = /sda1 ⟦41152736⟧ … (\S+)$/m.exec(text) ?? [];
  const [, other] = /df: (\S+): gone/.exec(text) ?? [];
  expect(text).toBe(`Rackside 1.2.3: where a number comes from
Sample: medium, 2026-11-21T14:03:22.000Z. Used bytes stand in ⟦ ⟧. Names, addresses and secrets are replaced.

== filesystems 1 size ==
path       ["filesystems","list",0,"size_bytes"]
value      42\u202f140\u202f401\u202f664 bytes
status     ok
formula    blocks × the size of a block
here       41152736 × 1024 = 42140401664
collector  filesystems: Space, from df.

${command}
  (this round, 1970-01-01T00:00:00.000Z, exit 0, 3 ms, ${latin1.length} bytes)
  Filesystem 1K-blocks
  /dev/sda1 ⟦41152736⟧ … ${address}
  \\x1b[2J⟦forged⟧
  standard error: df: ${other}: gone
`);
});
