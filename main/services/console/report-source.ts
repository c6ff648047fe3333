import { createHmac, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Host } from '../../contract/hosts.ts';
import type { ProvenanceReport } from '../../contract/provenance.ts';
import { targetWords } from '../../domain/present/words.ts';
import { learnSource, redactSource } from '../../domain/provenance/redact-source.ts';
import { type SourceReport, sourceReport } from '../../domain/provenance/source-report.ts';
import { createLearner } from '../../domain/redact/redactor.ts';

/**
 * The report with pseudonyms for what the outputs name, the host's own names among it. Their key is gone with the call.
 * @param host null where it is not known any more
 */
export function reportRedacted(report: SourceReport, host: Host | null): ProvenanceReport {
  const key = randomBytes(32);
  const learner = createLearner({
    keyed: (text) => createHmac('sha256', key).update(text, 'latin1').digest(),
    words: [],
    names: [hostname(), ...(host === null ? [] : [host.name, targetWords(host.target)])],
  });
  for (const { told } of report.readings) learnSource(told, learner);
  const redactor = learner.settle();
  const readings = report.readings.map(({ path, told }) => ({ path, told: redactSource(told, redactor) }));
  return { text: sourceReport({ ...report, readings }), replaced: redactor.counts() };
}
