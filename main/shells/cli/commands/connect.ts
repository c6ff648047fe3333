import { FaultError, toFault } from '../../../contract/faults.ts';
import type { HostVisit, StepTaken } from '../../../contract/hosts.ts';
import { stepWords, visible, visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { formatTable } from '../table.ts';
import { visit } from '../visit.ts';

/** Connects once, and says how that went; with `--explain`, each step with the time that it took. */
export const connect: Command = async ({ arguments: parsed, open, signal, print }) => {
  const { operands, explain, json, identityFiles, timeoutSeconds } = parsed;
  const client = await open();
  const wanted = await findHost(client, onlyOperand(operands, 'host'), identityFiles);
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  const began = Date.now();
  let last: HostVisit | null = null;
  let failure: unknown = null;
  try {
    const keep = (view: HostVisit) => {
      last = view;
    };
    for await (const view of visit(client, wanted, AbortSignal.any([signal, limit]), keep)) {
      if (view.connection.state === 'live') break;
    }
  } catch (error) {
    failure = limit.aborted
      ? new FaultError('timeout', 'connect', `There was no sample within ${timeoutSeconds} s.`)
      : error;
  }
  const visited = last as HostVisit | null;
  const taken = timed(visited?.steps ?? [], Date.now());
  const by = visited?.connection.state === 'live' ? visited.connection.by : null;
  if (json) {
    const fault = failure === null ? null : toFault(failure, 'connect');
    print(`${visibleJson({ steps: taken, by, fault, ms: Date.now() - began })}\n`);
  } else if (explain) {
    const rows = taken.map(({ step, hop, ms }) => [
      `${ms} ms`,
      visible(hop === null ? '' : `at ${hop}`),
      stepWords[step],
    ]);
    if (rows.length > 0) print(formatTable(['took', '', 'step'], rows, [0]));
  }
  if (failure !== null) throw failure;
  if (!json) print(`Live, by ${visible(by ?? '')}.\n`);
};

/** How long each step took: until the next one began. */
function timed(steps: readonly StepTaken[], end: number): (Omit<StepTaken, 'at'> & { ms: number })[] {
  return steps.map(({ step, hop, at }, index) => ({ step, hop, ms: (steps[index + 1]?.at ?? end) - at }));
}
