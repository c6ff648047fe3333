import type { Command, ScriptCommand } from '../../collector.ts';
import { fixedScript } from '../../fixed-script.ts';
import { maxCommandLine, topCount } from './awk.ts';

/** The most of all `stat` lines of a round: each has some fifty numbers of up to twenty digits. */
const maxLines = 32 * 1024;

const status: ScriptCommand = {
  id: 'processes.status',
  type: 'script',
  when: 'always',
  maxBytes: 8 * 1024,
  // With /dev/null at the end there are always two files, so grep always names the file.
  line: (pids) => `grep -E '^(Uid|VmRSS):' ${pids.split(' ').map(statusPath).join(' ')} /dev/null`,
  match: (line) => {
    const paths = /^grep -E '\^\(Uid\|VmRSS\):' ((?:\/proc\/[0-9]+\/status )+)\/dev\/null$/.exec(line)?.[1];
    return paths === undefined ? null : paths.trim().replaceAll('/proc/', '').replaceAll('/status', '');
  },
};

function statusPath(pid: string): string {
  return `/proc/${pid}/status`;
}

const cmdlinePattern = new RegExp(`^head -c ${maxCommandLine} /proc/([0-9]+)/cmdline$`);
const cmdline: ScriptCommand = {
  id: 'processes.cmdline',
  type: 'script',
  when: 'always',
  lasts: { among: 'processes.status' },
  maxBytes: maxCommandLine,
  line: (pid) => `head -c ${maxCommandLine} /proc/${pid}/cmdline`,
  match: (line) => cmdlinePattern.exec(line)?.[1] ?? null,
};

/** Lines whose password field holds a hash are left out by the pattern itself. */
const users: ScriptCommand = {
  id: 'processes.users',
  type: 'script',
  when: 'always',
  lasts: 'on',
  maxBytes: 32 * 1024,
  line: (ids) => `grep -E '^[^:]*:[x*!]*:(${ids.replaceAll(' ', '|')}):' /etc/passwd`,
  match: (line) =>
    /^grep -E '\^\[\^:\]\*:\[x\*!\]\*:\(([0-9|]+)\):' \/etc\/passwd$/.exec(line)?.[1]?.replaceAll('|', ' ') ?? null,
};

export const processesCommands: readonly Command[] = [
  { id: 'processes.ticks', type: 'run', when: 'first', line: 'getconf CLK_TCK', deadlineSeconds: 5, maxBytes: 256 },
  { id: 'processes.cpus', type: 'read', when: 'always', path: '/sys/devices/system/cpu/online', keep: null },
  fixedScript('processes.count', 64, 'ls -d /proc/[0-9]* | wc -l'),
  fixedScript('processes.stat', maxLines, `cat /proc/[0-9]*/stat  # the top ${topCount} by CPU and by memory`),
  fixedScript(
    'processes.earlier',
    maxLines,
    'cat /proc/uptime /proc/[0-9]*/stat  # one round earlier, of those that are new in the list',
  ),
  status,
  users,
  cmdline,
];
