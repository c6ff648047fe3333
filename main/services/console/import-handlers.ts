import { toFault } from '../../contract/faults.ts';
import type { ImportCandidate } from '../../contract/host-import.ts';
import type { Host, HostDraft } from '../../contract/hosts.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import { readImport } from '../host-import/read-import.ts';
import type { HandlersOf, ImportCalls } from './handlers.ts';
import { sameReach } from './host-handlers.ts';

/** Many hosts out of a file, added and merged as the technician chooses. */
export function importHandlers(
  fleet: FleetService,
  update: HandlersOf<'hosts'>['hosts.update'],
  home: string,
): Pick<HandlersOf<'hosts'>, ImportCalls> {
  return {
    'hosts.readImport': async (source) => {
      const { format, hosts, problems } = await readImport(source, home);
      const known = fleet.hosts();
      return { format, candidates: hosts.map((draft) => markDuplicate(draft, known)), problems: [...problems] };
    },
    'hosts.import': async ({ hosts }, signal) => {
      const done = { added: 0, updated: 0, problems: [] as string[] };
      for (const { draft, updates } of hosts) {
        signal.throwIfAborted();
        try {
          if (updates === null) {
            await fleet.add(draft);
            done.added += 1;
          } else {
            await update({ ...draft, hostId: updates }, signal);
            done.updated += 1;
          }
        } catch (error) {
          done.problems.push(`${draft.name}: ${toFault(error, 'import').message}`);
        }
      }
      return done;
    },
  };
}

/** One that is the same in both comes before one that only shares its name. */
function markDuplicate(draft: HostDraft, hosts: readonly Host[]): ImportCandidate {
  const named = hosts.filter(({ name }) => name.toLowerCase() === draft.name.toLowerCase());
  const reached = hosts.filter(({ target }) => sameReach(target, draft.target));
  const both = named.find((host) => reached.includes(host));
  const found = both ?? reached[0] ?? named[0];
  if (found === undefined) return { draft, duplicate: null };
  const by = both !== undefined ? 'both' : reached.length > 0 ? 'reach' : 'name';
  return { draft, duplicate: { hostId: found.id, name: found.name, by } };
}
