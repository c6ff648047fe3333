import type { ConsoleClient } from '../../../contract/console.ts';
import { FaultError, toFault } from '../../../contract/faults.ts';
import type { HostVisit } from '../../../contract/hosts.ts';
import { kinds } from '../../../contract/kinds.ts';
import { visible, visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { findHost } from '../find-host.ts';
import { type HostHealth, healthExit, healthText } from '../health-text.ts';
import { type SelectedHost, selectHosts } from '../select-hosts.ts';
import { UsageError } from '../usage.ts';
import { visit } from '../visit.ts';

/** Connections under way at once. */
const atOnce = 50;

/** Asks one host, or all that are known, what is wrong with them. */
export const health: Command = async ({ arguments: parsed, open, signal, print, fail }) => {
  const { operands, selection, identityFiles, timeoutSeconds, json } = parsed;
  if (selection.all && operands.length > 0) throw new UsageError('Either a host, or --all.');
  const client = await open();
  const hosts = selection.all
    ? await selectHosts(client, selection, identityFiles)
    : [await named(client, onlyOperand(operands, 'host'), identityFiles)];
  const waiting = [...hosts];
  const told: HostHealth[] = [];
  const work = async (): Promise<void> => {
    for (let host = waiting.shift(); host !== undefined; host = waiting.shift()) {
      const answer = await ask(client, host, timeoutSeconds, signal);
      told.push(answer);
      print(json ? `${visibleJson(answer)}\n` : healthText(answer));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, hosts.length) }, work));
  const exit = healthExit(told);
  if (exit !== 0) fail(exit);
};

async function named(client: ConsoleClient, wanted: string, identityFiles: readonly string[]): Promise<SelectedHost> {
  return { name: wanted, reach: await findHost(client, wanted, identityFiles) };
}

/** A host that cannot be asked is an answer too: the others are told all the same. */
async function ask(
  client: ConsoleClient,
  { name, reach }: SelectedHost,
  timeoutSeconds: number,
  signal: AbortSignal,
): Promise<HostHealth> {
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  let newest: HostVisit | null = null;
  try {
    for await (const view of visit(client, reach, AbortSignal.any([signal, limit]))) {
      newest = view;
      if (kinds.every((kind) => view[kind] !== null)) break;
    }
    if (newest === null) throw new FaultError('disconnected', 'health', 'The visit ended before a sample came.');
  } catch (error) {
    // What came in time counts; the kinds that did not are told as missing.
    if (signal.aborted || !limit.aborted) return unasked(name, toFault(error, 'health').message);
  }
  if (newest === null || kinds.every((kind) => newest?.[kind] === null)) {
    return unasked(name, `The host gave no sample within ${timeoutSeconds} s.`);
  }
  const findings = newest.findings;
  const missing = kinds.filter((kind) => newest?.[kind] === null);
  const state = findings.some(({ severity }) => severity === 'bad') ? 'bad' : findings.length > 0 ? 'warn' : 'ok';
  return { host: name, state, findings, missing, fault: null };
}

function unasked(host: string, message: string): HostHealth {
  return { host, state: 'unknown', findings: [], missing: [...kinds], fault: visible(message) };
}
