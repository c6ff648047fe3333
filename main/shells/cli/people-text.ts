import type { Sample } from '../../contract/samples.ts';
import { formatAge, formatCount, formatDuration, unknown } from '../../domain/present/units.ts';
import { visible } from '../../domain/present/words.ts';
import { rowsTable, yesOrNo } from './table.ts';

const maxRows = 20;

/** Tables of who uses a host, of where it can be reached, and of what it has to catch up on, where any is told. */
export function peopleTables(sample: Sample): string[] {
  const tables = [sessionTable, loginTable, accountTable, addressTable, routeTable, listenerTable, updateTable];
  return tables.map((table) => table(sample)).filter((table) => table !== null);
}

function sessionTable({ data }: Sample): string | null {
  const rows = (data.sessions?.list ?? []).map((one) => [
    visible(one.user, 32),
    visible(one.terminal ?? unknown, 16),
    visible(one.from ?? unknown, 48),
    visible(one.since ?? unknown, 32),
    formatDuration(one.idle_seconds),
  ]);
  return rowsTable(['SIGNED IN', 'ON', 'FROM', 'SINCE', 'IDLE'], rows);
}

function loginTable({ data }: Sample): string | null {
  const rows = (data.logins?.list ?? [])
    .slice(0, maxRows)
    .map((one) => [
      visible(one.user, 32),
      visible(one.terminal ?? unknown, 16),
      visible(one.from ?? unknown, 48),
      visible(one.began ?? unknown, 32),
      one.still ? 'still' : visible(one.ended ?? unknown, 32),
    ]);
  return rowsTable(['LOGIN', 'ON', 'FROM', 'BEGAN', 'ENDED'], rows);
}

/** Those that may sign in. */
function accountTable({ data }: Sample): string | null {
  const rows = (data.accounts?.list ?? [])
    .filter((one) => one.can_sign_in)
    .map((one) => [
      visible(one.name, 32),
      String(one.uid),
      visible(one.shell, 32),
      visible(one.home, 40),
      visible(one.groups.join(' '), 80),
    ]);
  return rowsTable(['ACCOUNT', 'UID', 'SHELL', 'HOME', 'GROUPS'], rows, [1]);
}

function addressTable({ data }: Sample): string | null {
  const rows = (data.addresses?.interfaces ?? []).map((one) => [
    visible(one.name, 32),
    visible(one.state ?? unknown, 16),
    visible(one.mac ?? unknown, 24),
    formatCount(one.mtu),
    visible(one.addresses.map(({ address, prefix }) => `${address}/${prefix ?? '?'}`).join(' '), 160),
  ]);
  return rowsTable(['INTERFACE', 'STATE', 'MAC', 'MTU', 'ADDRESSES'], rows, [3]);
}

function routeTable({ data }: Sample): string | null {
  const rows = (data.addresses?.routes ?? [])
    .slice(0, maxRows)
    .map((one) => [
      visible(one.destination, 48),
      visible(one.via ?? '', 48),
      visible(one.device ?? unknown, 32),
      formatCount(one.metric),
    ]);
  const servers = (data.addresses?.dns_servers ?? []).map((server) => ['name server', visible(server, 48), '', '']);
  return rowsTable(['ROUTE', 'VIA', 'DEVICE', 'METRIC'], [...rows, ...servers], [3]);
}

function listenerTable({ data }: Sample): string | null {
  const rows = (data.listeners?.list ?? []).map((one) => [
    one.protocol,
    String(one.port),
    visible(one.address, 48),
    yesOrNo(one.local),
    visible(one.process ?? unknown, 32),
  ]);
  return rowsTable(['LISTENS', 'PORT', 'ADDRESS', 'LOCAL ONLY', 'PROCESS'], rows, [1]);
}

function updateTable({ data }: Sample): string | null {
  if (data.updates == null) return null;
  const {
    manager,
    pending,
    security,
    packages,
    unread,
    reboot_required: reboot,
    lists_age_seconds: age,
  } = data.updates;
  const rows = packages
    .slice(0, maxRows)
    .map((one) => [
      visible(one.name, 48),
      visible(one.version ?? unknown, 40),
      [one.security ? 'security' : '', one.held ? 'held' : ''].filter(Boolean).join(', '),
    ]);
  const counts = `${formatCount(pending)} pending, ${formatCount(security)} for security; lists of ${formatAge(age)}`;
  const why = unread == null ? '' : `; ${visible(unread, 120)}`;
  const summary = [visible(manager, 16), `reboot: ${yesOrNo(reboot)}`, `${counts}${why}`];
  return rowsTable(['UPDATE', 'VERSION', ''], [...rows, summary]);
}
