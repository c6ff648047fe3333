import type { SampleData } from '../../../contract/samples.ts';
import { type Asked, briefMs, type Check, type Found } from '../found.ts';

/** What can wait for the next window: updates, a reboot, and readings that should be there and are not. */
export const checkUpkeep: Check = (data, asked) => [...failedReadings(data), ...updates(data, asked)];

/**
 * A reading that is absent is not on this host; one that lacks a privilege says how to give it, and is no illness of the
 * host. What failed for any other reason hides what may be wrong.
 */
function failedReadings({ problems }: SampleData): Found[] {
  return Object.entries(problems).flatMap(([name, { status, reason, remedy }]): Found[] => {
    if (status !== 'failed' || remedy !== undefined) return [];
    const collector = name as Found['collector'];
    const text = `${name.replaceAll('_', ' ')} could not be read: ${reason}`;
    return [{ id: `failed/${name}`, severity: 'warn', text, collector, path: [name], holdMs: briefMs }];
  });
}

function updates({ updates: reading }: SampleData, asked: Asked): Found[] {
  if (reading == null) return [];
  if (reading.reboot_required === null) asked.unknown('updates/reboot');
  if (reading.security === null) asked.unknown('updates/security');
  const found: Found[] = [];
  if (reading.reboot_required === true) {
    const [first] = reading.reboot_packages;
    const text = `reboot required${first === undefined ? '' : ` by ${first}`}`;
    const path = ['updates', 'reboot_required'];
    found.push({ id: 'updates/reboot', severity: 'warn', text, collector: 'updates', path });
  }
  if (reading.security !== null && reading.security > 0) {
    const text = `${reading.security} security ${reading.security === 1 ? 'update' : 'updates'} pending`;
    const path = ['updates', 'security'];
    found.push({ id: 'updates/security', severity: 'warn', text, collector: 'updates', path });
  }
  return found;
}
