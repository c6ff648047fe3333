import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round, RunCommand } from '../../collector.ts';
import { textOf } from '../../record.ts';
import { unusable } from '../../run-outcome.ts';
import { newerKernel } from './newer-kernel.ts';
import { parseUpdates } from './updates-text.ts';

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
    'if command -v apt >/dev/null; then echo manager=apt; apt list --upgradable 2>/dev/null',
    'elif command -v dnf >/dev/null; then echo manager=dnf; dnf -q -C check-update; [ $? = 100 ] && { echo security:; dnf -q -C updateinfo list --security; }',
    'elif command -v yum >/dev/null; then echo manager=yum; yum -q -C check-update',
    'elif command -v zypper >/dev/null; then echo manager=zypper; zypper -n --no-refresh list-updates',
    'elif command -v apk >/dev/null; then echo manager=apk; apk version -l "<"',
    'elif command -v pacman >/dev/null; then echo manager=pacman; pacman -Qu; fi; :',
  ].join('; '),
  deadlineSeconds: 60,
  maxBytes: 256 * 1024,
};

/**
 * Packages that wait to be updated, as the lists on the host know them, and whether it wants to be started anew.
 *
 * Runs `apt list`: https://manpages.debian.org/bookworm/apt/apt.8.en.html or what else manages packages there.
 */
export const updates: Collector<'updates', null> = {
  id: 'updates',
  kind: 'slow',
  about: 'Pending and security updates by apt, dnf, yum, zypper, apk or pacman without network, and whether to reboot.',
  commands: [command],
  awk: null,
  parse,
};

const maxPackages = 200;

function parse(round: Round<null>): Outcome<Value, null> {
  const record = round.records(command.id).at(-1);
  const nothing = unusable(record, command, 'Updates');
  if (nothing !== null || record === undefined) return nothing ?? { status: 'absent', reason: 'Nobody asked.' };
  if (record.timedOut) return { status: 'failed', reason: 'Updates: the package manager did not answer in time.' };
  const lines = textOf(record)
    .split(/\r?\n/)
    .map((line) => line.slice(0, 1024));
  const told = (name: string) =>
    lines.flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1).trim()] : []));
  const { manager, packages, knowsSecurity } = parseUpdates(lines, told('manager')[0] ?? null);
  if (manager === null) return { status: 'absent', reason: 'Updates: no package manager that is known.' };
  const [now, lists] = [
    told('now')[0] ?? '',
    told('list')
      .filter((one) => /^\d{1,12}$/.test(one))
      .map(Number),
  ];
  const newer = newerKernel(told('kernel')[0] ?? '', told('modules'));
  const security = packages.filter((one) => one.security);
  return {
    status: 'ok',
    value: {
      manager,
      pending: packages.length,
      security: knowsSecurity ? security.length : null,
      packages: [...security, ...packages.filter((one) => !one.security)].slice(0, maxPackages),
      reboot_required: told('reboot').includes('yes') ? true : newer,
      reboot_packages: [...new Set(told('reboot-for').filter((name) => name !== ''))].slice(0, maxPackages),
      lists_age_seconds:
        /^\d{1,12}$/.test(now) && lists.length > 0 ? Math.max(0, Number(now) - Math.max(...lists)) : null,
    },
  };
}
