import { FaultError } from '../../../contract/faults.ts';
import type { HostVisit } from '../../../contract/hosts.ts';
import type { Kind, Sample } from '../../../contract/samples.ts';
import { visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { sampleText } from '../sample-text.ts';
import { visit } from '../visit.ts';

/** How many samples may come before one without CPU shares is taken as it is. */
const patience = 3;
/** A host that is live already gives slower samples only so often; its last one is the newest there is. */
const ageMs: Readonly<Record<Kind, number>> = { fast: 0, medium: 300_000, slow: 1_800_000, daily: 86_400_000 };

/** Visits a host until it has one sample of the kind that is worth printing. */
export const collect: Command = async ({ arguments: parsed, open, signal, print }) => {
  const { operands, kind, json, identityFiles, timeoutSeconds } = parsed;
  const client = await open();
  const wanted = await findHost(client, onlyOperand(operands, 'host'), identityFiles);
  const since = Date.now() - ageMs[kind];
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const sample = await firstSample(visit(client, wanted, AbortSignal.any([signal, limit])), kind, since);
    print(json ? `${visibleJson(sample)}\n` : sampleText(sample));
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new FaultError('timeout', 'collect', `The host gave no ${kind} sample within ${timeoutSeconds} s.`);
  }
};

/** The first sample that was collected since then; what is older was not asked for. */
async function firstSample(views: AsyncIterable<HostVisit>, kind: Kind, since: number): Promise<Sample> {
  let seen: string | null = null;
  let count = 0;
  for await (const view of views) {
    const sample = view[kind];
    if (sample === null || sample.collected_at === seen || Date.parse(sample.collected_at) < since) continue;
    seen = sample.collected_at;
    count += 1;
    if (kind !== 'fast' || hasRates(sample) || count >= patience) return sample;
  }
  throw new FaultError('disconnected', 'collect', 'The visit ended before a sample came.');
}

/** The first sample of a session has no shares: they need two reads. */
function hasRates(sample: Sample): boolean {
  const { cpu, processes } = sample.data;
  return (!cpu || cpu.total !== null) && (!processes || processes.window_seconds !== null);
}
