import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { type CommandRecord, textOf } from '../../record.ts';
import { unusable } from '../../run-outcome.ts';
import { newerKernel } from './newer-kernel.ts';
import { parseUpdates } from './updates-text.ts';

const decoder = new TextDecoder();

type Value = NonNullable<SampleData['updates']>;

const command: RunCommand = {
  id: 'updates.pending',
  type: 'run',
  when: 'always',
  // What was fetched before is all that is asked: no network, no root. A list changes its ctime when it is fetched.
  line: [
    'echo "now=$(date +%s)"; echo "kernel=$(uname -r)"; ls /lib/modules 2>/dev/null | sed "s/^/modules=/"',
    '[ -e /run/reboot-required ] && { echo reboot=yes; sed "s/^/reboot-for=/" /run/reboot-required.pkgs 2>/dev/null; }',
    'stat -c "list=%Z" /var/lib/apt/lists/partial /var/lib/apt/periodic/update-success-stamp /var/cache/dnf /var/cache/apk/APKINDEX.* /var/lib/pacman/sync /var/cache/zypp/raw 2>/dev/null',
    '[ -e /run/reboot-needed ] && echo reboot=yes',
    'e=; if command -v apt >/dev/null; then echo manager=apt; apt list --upgradable; e=$?',
    'set -- /var/lib/apt/lists/*_Packages*; [ -e "$1" ] || echo lists=none',
    'grep -B1 "^Status: hold ok " /var/lib/dpkg/status | sed -n "s/^Package: /held=/p"',
    'elif command -v dnf >/dev/null; then echo manager=dnf; dnf -q -C check-update; e=$?; [ $e = 100 ] && { echo security:; dnf -q -C updateinfo list --security; }',
    'elif command -v yum >/dev/null; then echo manager=yum; yum -q -C check-update; e=$?',
    'elif command -v zypper >/dev/null; then echo manager=zypper; zypper -n --no-refresh list-updates; e=$?',
    'elif command -v apk >/dev/null; then echo manager=apk; apk version -l "<"; e=$?',
    'elif command -v pacman >/dev/null; then echo manager=pacman; pacman -Qu; e=$?; fi; [ -z "$e" ] || echo "exit=$e"',
    'command -v needs-restarting >/dev/null && { r=$(needs-restarting -r); echo "restarting=$?"; echo "$r" | sed -n "s/^ *[*] */reboot-for=/p"; }; :',
  ].join('; '),
  deadlineSeconds: 60,
  maxBytes: 512 * 1024,
  cachesBytes: 2 ** 30,
};

/**
 * Packages that wait to be updated, as the lists on the host know them, and whether it wants to be started anew.
 *
 * Runs `apt list`: https://manpages.debian.org/bookworm/apt/apt.8.en.html or what else manages packages there.
 */
export const updates: Collector<'updates', null> = {
  id: 'updates',
  kind: 'daily',
  about: 'Pending and security updates by apt, dnf, yum, zypper, apk or pacman without network, and whether to reboot.',
  commands: [command],
  awk: null,
  parse,
};

const maxPackages = 200;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  if (record?.timedOut) return { status: 'failed', reason: 'Updates: the package manager did not answer in time.' };
  const nothing = unusable(record, command, 'Updates');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  const lines = textOf(record)
    .split(/\r?\n/, 16_384)
    .map((line) => line.slice(0, 1024));
  const told = (name: string) =>
    lines.flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1).trim()] : []));
  const listed = parseUpdates(lines, told('manager')[0] ?? null);
  const { manager, packages, knowsSecurity } = listed;
  if (manager === null) return { status: 'absent', reason: 'Updates: no package manager that is known.' };
  const [now, lists] = [
    told('now')[0] ?? '',
    told('list')
      .filter((one) => /^\d{1,12}$/.test(one))
      .map(Number),
  ];
  const newer = newerKernel(told('kernel')[0] ?? '', told('modules'));
  // It ends with 1 where one is wanted, and with anything else where it does not know.
  const wants = { 0: false, 1: true }[told('restarting')[0] ?? ''] ?? null;
  const reboot = told('reboot').includes('yes') || wants === true || newer === true ? true : (wants ?? newer);
  const unread = whyUnread(record, listed, told);
  if (unread !== null && reboot === null) return { status: 'failed', reason: unread };
  const held = new Set(told('held'));
  const known = (unread === null ? packages : []).map((one) => (held.has(one.name) ? { ...one, held: true } : one));
  const security = known.filter((one) => one.security);
  return {
    status: 'ok',
    value: {
      manager,
      pending: unread === null ? known.length : null,
      security: unread === null && knowsSecurity ? security.length : null,
      packages: [...security, ...known.filter((one) => !one.security)].slice(0, maxPackages),
      ...(unread !== null && { unread }),
      reboot_required: reboot,
      reboot_packages: [...new Set(told('reboot-for').filter((name) => name !== ''))].slice(0, maxPackages),
      lists_age_seconds:
        /^\d{1,12}$/.test(now) && lists.length > 0 ? Math.max(0, Number(now) - Math.max(...lists)) : null,
    },
  };
}

/** Exits of managers that say how many wait, and no more: dnf and yum 100 where there are some, pacman 1 where there are none. */
const goodExits: Readonly<Record<string, readonly string[]>> = {
  dnf: ['0', '100'],
  yum: ['0', '100'],
  pacman: ['0', '1'],
};

/** Why what waits is not known: a manager that failed, and printed as little as where nothing waits. Null where it is. */
function whyUnread(
  record: CommandRecord,
  { manager, packages, isList }: ReturnType<typeof parseUpdates>,
  told: (name: string) => string[],
): string | null {
  const name = cutText(manager ?? '', 16);
  if (record.truncated) return `Updates: ${name} lists more than is read.`;
  if (told('lists').includes('none')) return `Updates: ${name} has no lists: nobody ran ${name} update.`;
  const complaint = decoder
    .decode(record.stderr)
    .split('\n', 64)
    .find((line) => line.trim() !== '' && !/stable CLI interface/.test(line));
  const exit = told('exit')[0];
  if (exit === undefined) return packages.length > 0 || isList ? null : `Updates: ${name} printed no list.`;
  const isGood = (goodExits[manager ?? ''] ?? ['0']).includes(exit);
  // Without their lists apk and pacman warn, and name nothing.
  const isEmpty = packages.length === 0 && complaint !== undefined && /^(?:apk|pacman)$/.test(name);
  if (isGood && !isEmpty) return null;
  return cutText(`Updates: ${name} failed: ${complaint?.trim() ?? `exit ${exit}`}`, 120);
}
