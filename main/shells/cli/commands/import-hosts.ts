import { resolve } from 'node:path';
import type { ImportCandidate } from '../../../contract/host-import.ts';
import { targetWords, visible, visibleJson } from '../../../domain/present/words.ts';
import { onlyOperand } from '../arguments.ts';
import type { Command } from '../command.ts';
import { formatTable } from '../table.ts';

type Deed = 'add' | 'update' | 'skip';

/** The hosts of a file are added; what is done with those that are there already is chosen for all of them. */
export const importHosts: Command = async ({ arguments: { operands, json, hostImport: own }, open, print }) => {
  const path = resolve(onlyOperand(operands.slice(1), 'file'));
  const client = await open();
  const source = { path, ...(own.format === null ? {} : { format: own.format }) };
  const { candidates, problems } = await client['hosts.readImport'](source);
  const planned = candidates.map((candidate) => ({ candidate, deed: deedFor(candidate, own.onDuplicate) }));
  const hosts = planned
    .filter(({ deed }) => deed !== 'skip')
    .map(({ candidate: { draft, duplicate }, deed }) => ({
      draft,
      updates: deed === 'update' ? (duplicate?.hostId ?? null) : null,
    }));
  const done = own.dryRun ? null : await client['hosts.import']({ hosts });
  if (json) {
    for (const { candidate, deed } of planned) print(`${visibleJson({ ...candidate, deed })}\n`);
  } else {
    print(formatTable(['NAME', 'ADDRESS', 'WHAT'], planned.map(rowOf)));
    const skipped = planned.length - hosts.length;
    const added = done?.added ?? hosts.filter(({ updates }) => updates === null).length;
    const updated = done?.updated ?? hosts.length - added;
    print(`${added} ${own.dryRun ? 'would be ' : ''}added, ${updated} updated, ${skipped} skipped\n`);
  }
  for (const problem of [...problems, ...(done?.problems ?? [])]) process.stderr.write(`${visible(problem)}\n`);
};

function deedFor({ duplicate }: ImportCandidate, onDuplicate: Deed): Deed {
  return duplicate === null ? 'add' : onDuplicate;
}

function rowOf({ candidate: { draft, duplicate }, deed }: { candidate: ImportCandidate; deed: Deed }): string[] {
  const like = duplicate === null ? '' : ` (is there as ${visible(duplicate.name, 40)})`;
  return [visible(draft.name, 40), visible(targetWords(draft.target), 60), `${deed}${like}`];
}
