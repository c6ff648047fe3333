import { FaultError } from '../../../contract/faults.ts';
import type { HostView } from '../../../contract/hosts.ts';
import type { Kind, Sample } from '../../../contract/samples.ts';
import { visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { sampleText } from '../sample-text.ts';
import { visit } from '../visit.ts';

/** How many samples may come before one without CPU shares is taken as it is. */
const patience = 3;

/** Visits a host until it has one sample of the kind that is worth printing. */
export const collect: Command = async ({ arguments: { operands, kind, json, identityFiles }, open, signal, print }) => {
  if (kind === 'slow') {
    throw new FaultError(
      'not_found',
      'collect',
      'No collector is slow yet; kinds with collectors are fast and medium.',
    );
  }
  const client = await open();
  const wanted = await findHost(client, onlyOperand(operands, 'host'), identityFiles);
  let seen: string | null = null;
  let count = 0;
  for await (const view of visit(client, wanted, signal)) {
    const sample = sampleOf(view, kind);
    if (sample === null || sample.collected_at === seen) continue;
    seen = sample.collected_at;
    count += 1;
    if (kind === 'fast' && !hasRates(sample) && count < patience) continue;
    print(json ? `${visibleJson(sample)}\n` : sampleText(sample));
    return;
  }
};

function sampleOf(view: HostView, kind: Kind): Sample | null {
  return kind === 'fast' ? view.fast : view.medium;
}

/** The first sample of a session has no shares: they need two reads. */
function hasRates(sample: Sample): boolean {
  const { cpu, processes } = sample.data;
  return (!cpu || cpu.total !== null) && (!processes || processes.window_seconds !== null);
}
