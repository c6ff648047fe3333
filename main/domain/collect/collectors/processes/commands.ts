import type { Command, ScriptCommand } from '../../collector.ts';
import { fixedScript } from '../../fixed-script.ts';
import { maxCommandLine, topCount } from './awk.ts';
import { ioPattern } from './awk-io.ts';

/** The most of all `stat` lines of a round: each has some fifty numbers of up to twenty digits. */
const maxLines = 32 * 1024;

const status = ofEach('processes.status', '^(Uid|VmRSS):', 'status', 8 * 1024);
const io = ofEach('processes.io', ioPattern, 'io', 8 * 1024);
/** The hierarchy of version 2, and of version 1 those that only name; told once, of those that are new in the list. */
const cgroup: ScriptCommand = {
  ...ofEach('processes.cgroup', '^[0-9]+:(name=[a-z]+)?:', 'cgroup', 32 * 1024),
  lasts: { among: 'processes.status' },
};

/** Lines of one file of each of some processes; with /dev/null at the end there are always two, so grep always names it. */
function ofEach(id: string, pattern: string, name: string, maxBytes: number): ScriptCommand {
  const head = `grep -E '${pattern}' `;
  const paths = new RegExp(`^((?:/proc/[0-9]+/${name} )+)/dev/null$`);
  return {
    id,
    type: 'script',
    when: 'always',
    maxBytes,
    line: (pids) => `${head}${pids.replace(/[0-9]+/g, (pid) => `/proc/${pid}/${name}`)} /dev/null`,
    match: (line) => {
      const found = line.startsWith(head) ? paths.exec(line.slice(head.length))?.[1] : undefined;
      return found?.match(/[0-9]+/g)?.join(' ') ?? null;
    },
  };
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
  fixedScript(
    'processes.stat',
    maxLines,
    `cat /proc/[0-9]*/stat  # the top ${topCount} by CPU, by memory and by disk`,
    `cat /proc/[0-9]*/stat  # the top ${topCount} by CPU and by memory`,
  ),
  fixedScript(
    'processes.earlier',
    maxLines,
    'cat /proc/uptime /proc/[0-9]*/stat  # one round earlier, of those that are new in the list',
  ),
  io,
  fixedScript(
    'processes.io.earlier',
    8 * 1024,
    `cat /proc/uptime; grep -E '${ioPattern}' /proc/[0-9]*/io  # when last read, of those that are new in the list`,
  ),
  status,
  users,
  cgroup,
  cmdline,
];
