import type { Guest, PveStorage } from '../../../contract/guests.ts';
import { containerTrouble } from '../containers.ts';
import { type Level, levelOf } from '../levels.ts';
import { formatDuration, formatPercent } from '../units.ts';
import { counted, type Judge, troubleOf } from './condition.ts';

type Trouble = { readonly level: Level; readonly words: string };

/** `VM 101 mail`, `CT 204`. */
export function guestName({ type, vmid, name }: Pick<Guest, 'type' | 'vmid' | 'name'>): string {
  return `${type === 'lxc' ? 'CT' : 'VM'} ${vmid}${name === null ? '' : ` ${name}`}`;
}

export const guestsCondition: Judge = ({ proxmox }) => {
  if (proxmox == null) return null;
  const guests = proxmox.guests.filter(({ template }) => !template);
  const troubles = guests.flatMap((guest): Trouble[] =>
    guest.ha_state === 'error' ? [{ level: 'bad', words: `${guestName(guest)} in error for HA` }] : [],
  );
  const running = guests.filter(({ state }) => state === 'running').length;
  const locked = guests.filter(({ lock }) => lock !== null);
  const lock = locked.length === 0 ? '' : `, ${locked.length} locked`;
  const words = guests.length === 0 ? 'none' : `${running} running${lock}`;
  return troubleOf(troubles, guests.length) ?? { level: 'ok', count: guests.length, words };
};

/** How full, or that it should be there and is not. */
export function storageLevel({ active, enabled, used_percent: used }: PveStorage): Level | null {
  if (enabled === false) return null;
  return active === false ? 'bad' : levelOf('filesystem', used);
}

export const proxmoxCondition: Judge = ({ proxmox }) => {
  if (proxmox == null) return null;
  const { cluster, nodes, storages } = proxmox;
  const quorum: Trouble[] = cluster?.quorate === false ? [{ level: 'bad', words: 'no quorum' }] : [];
  const offline = nodes.flatMap(({ name, online, local }): Trouble[] =>
    online === false && local !== true ? [{ level: 'warn', words: `node ${name ?? 'unknown'} offline` }] : [],
  );
  const own = nodes.find(({ local }) => local === true)?.name ?? null;
  const full = storages.flatMap((storage): Trouble[] => {
    const level = storageLevel(storage);
    if (level === null || level === 'ok' || (own !== null && storage.node !== null && storage.node !== own)) return [];
    const what = storage.active === false ? 'not active' : `${formatPercent(storage.used_percent, 0)} full`;
    return [{ level, words: `${storage.name} ${what}` }];
  });
  const alone = cluster === null ? 'stands alone' : 'quorum unknown';
  const words = cluster?.quorate === true ? `quorate, ${counted(cluster.nodes ?? nodes.length, 'node')}` : alone;
  return troubleOf([...quorum, ...offline, ...full], null) ?? { level: 'ok', count: null, words };
};

export const backupsCondition: Judge = ({ backups }) => {
  if (backups == null) return null;
  const newest = newestBackups(backups.list);
  const old = [...newest].flatMap(([vmid, age]): Trouble[] => {
    const level = levelOf('backup', age / 86_400);
    return level === null || level === 'ok' ? [] : [{ level, words: `${vmid}: none for ${formatDuration(age)}` }];
  });
  const missing = backups.missing ?? [];
  const without: Trouble[] =
    missing.length === 0 || newest.size === 0
      ? []
      : [{ level: 'warn', words: `${missing.length === 1 ? missing[0] : missing.length} without any` }];
  const oldest = Math.max(...newest.values());
  const words = newest.size === 0 ? 'none' : `oldest ${formatDuration(oldest)} ago`;
  return troubleOf([...old, ...without], newest.size) ?? { level: 'ok', count: newest.size, words };
};

/** Seconds since the newest backup, by guest. */
function newestBackups(list: readonly { vmid: number; age_seconds: number | null }[]): Map<number, number> {
  const newest = new Map<number, number>();
  for (const { vmid, age_seconds: age } of list) {
    if (age !== null && age < (newest.get(vmid) ?? Number.POSITIVE_INFINITY)) newest.set(vmid, age);
  }
  return newest;
}

export const containersCondition: Judge = ({ containers }) => {
  if (containers == null) return null;
  const { list } = containers;
  const troubles = list.flatMap((container): Trouble[] => {
    const trouble = containerTrouble(container);
    return trouble === null ? [] : [{ level: trouble.level, words: `${container.name} ${trouble.words}` }];
  });
  const running = list.filter(({ state }) => state === 'running').length;
  const words = list.length === 0 ? 'none' : `${running} running`;
  return troubleOf(troubles, list.length) ?? { level: 'ok', count: list.length, words };
};

export const unitsCondition: Judge = ({ units }) => {
  if (units == null) return null;
  const { counts, failed } = units;
  const some = counts.failed ?? failed.length;
  const count = counts.total ?? units.list.length;
  if (some > 0) {
    const [first] = failed;
    const words = some === 1 && first !== undefined ? `${first.name} failed` : `${some} failed`;
    return { level: 'warn', count, words };
  }
  return { level: 'ok', count, words: units.state === null ? 'none failed' : `${units.state}, none failed` };
};

export const timersCondition: Judge = ({ timers }) => {
  if (timers == null) return null;
  const planned = timers.list.filter(({ next_epoch_seconds: next }) => next !== null).length;
  return { level: 'ok', count: timers.list.length, words: `${planned} planned` };
};
