import type { Host, HostView, Labels } from '../../main/contract/hosts.ts';
import { formatCount } from '../../main/domain/present/units.ts';
import { visible } from '../../main/domain/present/words.ts';
import { api, faultOf } from '../api/rackside.ts';
import { fleetStore } from './fleet.ts';
import { toastFault, told } from './toasts.ts';
import { offerUndo } from './undo.ts';

const undoMs = 30_000;

/** Tags as they are typed: words parted by blanks or commas. */
export function parseTags(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).map((tag) => tag.replace(/[":]/g, '')))].filter((tag) => tag !== '');
}

/** A field that was emptied is no group. */
export function parseGroup(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

export function knownGroups(views: Readonly<Record<string, HostView>>): string[] {
  const groups = Object.values(views).flatMap(({ host }) => host.group ?? []);
  return [...new Set(groups)].sort();
}

export interface LabelChange {
  /** Undefined: each host keeps its own. */
  readonly group: string | null | undefined;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** The labels of hosts after a change; those that it does not change are left out. */
export function changedLabels(hosts: readonly Host[], { group, add, remove }: LabelChange): Labels {
  return hosts.flatMap((host) => {
    const tags = [...new Set([...host.tags.filter((tag) => !remove.includes(tag)), ...add])];
    const next = { group: group === undefined ? host.group : group, tags };
    const same = next.group === host.group && next.tags.join() === host.tags.join();
    return same ? [] : { hostId: host.id, ...next };
  });
}

export function hostsWords(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'host' : 'hosts'}`;
}

/** The hosts with these ids that the console keeps; opened dumps are not among them. */
export function keptHosts(ids: Iterable<string>): Host[] {
  const { views } = fleetStore.getState();
  return [...ids].flatMap((id) => {
    const host = views[id]?.host;
    return host === undefined || host.target.transport === 'replay' ? [] : host;
  });
}

/** Changes the labels of hosts, and offers to take that back. */
export async function changeLabels(hosts: readonly Host[], change: LabelChange): Promise<void> {
  const labels = changedLabels(hosts, change);
  if (labels.length === 0) return;
  if ((await told('Group and tags', api()['hosts.label']({ labels }))) === null) return;
  const changed = new Set(labels.map(({ hostId }) => hostId));
  const before = hosts.filter(({ id }) => changed.has(id)).map(({ id, group, tags }) => ({ hostId: id, group, tags }));
  const what = `group and tags of ${hostsWords(labels.length)}`;
  offerUndo({
    what: `the change of ${what}`,
    told: `Changed the ${what}.`,
    lastsMs: undoMs,
    undo: async () => {
      await told(`Change back the ${what}`, api()['hosts.label']({ labels: before }));
    },
  });
}

/** Does one thing with many hosts at once; tells how many of them it could not be done with, and why the first. */
export async function withEach(
  what: string,
  hosts: readonly Host[],
  call: (hostId: string) => Promise<unknown>,
): Promise<void> {
  const answers = await Promise.allSettled(hosts.map(({ id }) => call(id)));
  const failed = answers.filter((answer) => answer.status === 'rejected');
  const [first] = failed;
  if (first === undefined) return;
  const name = visible(hosts[answers.indexOf(first)]?.name ?? '', 120);
  toastFault(`${what} failed for ${hostsWords(failed.length)}, ${name} first`, faultOf(first.reason));
}
