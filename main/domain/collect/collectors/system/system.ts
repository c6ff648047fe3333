import type { SampleData } from '../../../../contract/samples.ts';
import type { Collector, Outcome, Round } from '../../collector.ts';
import { cutText } from '../../cut-text.ts';
import { textOf } from '../../record.ts';
import { cpuKeys, parseCpuinfo } from './cpuinfo.ts';
import { parseFacts } from './facts.ts';
import { parseOsRelease } from './os-release.ts';
import { virtualizationOf } from './virtualization.ts';

type Value = NonNullable<SampleData['system']>;

const topology = '/sys/devices/system/cpu/cpu[0-9]*/topology';

/** What no file tells on every machine. Where `cpuinfo` numbers no cores (ARM, RISC-V) the kernel's topology does. */
const factsLine = [
  'uname -snrm',
  'echo "virt=$(systemd-detect-virt 2>/dev/null)"',
  `[ -r /proc/device-tree/model ] && echo "model=$(tr -d '\\0' </proc/device-tree/model)"`,
  '[ -r /etc/os-release ] || echo "release=$(head -n 1 /etc/redhat-release 2>/dev/null)"',
  'command -v systemd-detect-virt >/dev/null || { ls -d /.dockerenv /run/.containerenv /proc/vz /proc/xen 2>/dev/null',
  "grep -m1 -o '^lxcfs' /proc/self/mounts",
  'grep -m1 -ow hypervisor /proc/cpuinfo; }',
  `grep -q '^core id' /proc/cpuinfo || grep -s '' ${topology}/physical_package_id ${topology}/thread_siblings_list`,
].join('; ');

/**
 * What the machine is: its system, kernel, CPU, maker, since when it runs, and what it runs in.
 *
 * Reads `/etc/os-release`: https://www.freedesktop.org/software/systemd/man/latest/os-release.html and
 * `/sys/class/dmi/id`: https://docs.kernel.org/admin-guide/abi-testing.html#abi-file-testing-sysfs-class-dmi
 */
export const system: Collector<'system', null> = {
  id: 'system',
  kind: 'slow',
  about: 'Operating system, kernel, CPU model, sockets and cores, maker and product, virtualisation, boot time.',
  commands: [
    { id: 'system.os', type: 'read', when: 'always', path: '/etc/os-release', keep: null },
    { id: 'system.cpu', type: 'read', when: 'always', path: '/proc/cpuinfo', keep: cpuKeys },
    { id: 'system.boot', type: 'read', when: 'always', path: '/proc/stat', keep: '^btime' },
    {
      id: 'system.dmi',
      type: 'files',
      when: 'always',
      directory: '/sys/class/dmi/id',
      patterns: [
        'sys_vendor',
        'product_name',
        'board_vendor',
        'board_name',
        'bios_vendor',
        'bios_version',
        'bios_date',
      ],
      maxBytes: 4096,
    },
    {
      id: 'system.facts',
      type: 'run',
      when: 'always',
      line: factsLine,
      deadlineSeconds: 10,
      maxBytes: 256 * 1024,
    },
  ],
  awk: null,
  parse,
};

const maxText = 256;

function parse(round: Round<null>): Outcome<Value, null> {
  const text = (id: string) => {
    const record = round.records(`system.${id}`).at(-1);
    return record === undefined || record.error !== null ? '' : textOf(record);
  };
  const facts = parseFacts(text('facts'));
  const os = parseOsRelease(text('os'));
  const cpu = parseCpuinfo(text('cpu'));
  const dmi = parseDmi(text('dmi'));
  const booted = /^btime +(\d{1,12})\s*$/m.exec(text('boot'))?.[1];
  const value: Value = {
    hostname: facts.hostname,
    os: os.name ?? facts.release,
    os_id: os.id,
    os_version: os.version,
    kernel: facts.kernel,
    architecture: facts.architecture,
    cpu_model: cpu.model,
    sockets: cpu.sockets ?? facts.sockets,
    cores: cpu.cores ?? facts.cores,
    threads: cpu.threads,
    virtualization: virtualizationOf(facts, dmi),
    vendor: dmi.sys_vendor ?? dmi.board_vendor ?? null,
    product: dmi.product_name ?? dmi.board_name ?? facts.model ?? cpu.machine,
    bios: [dmi.bios_vendor, dmi.bios_version, dmi.bios_date].filter((part) => part !== undefined).join(' ') || null,
    booted_epoch_seconds: booted === undefined ? null : Number(booted),
  };
  const isKnown = Object.values(value).some((one) => one !== null);
  if (!isKnown) return { status: 'failed', reason: 'The host told nothing of what it is.' };
  return { status: 'ok', value: short(value) };
}

function short(value: Value): Value {
  const parts = Object.entries(value).map(([key, one]) => [key, typeof one === 'string' ? cutText(one, maxText) : one]);
  return Object.fromEntries(parts) as Value;
}

/** Makers that left a field as it came say so in these words, and that is no name. */
const unnamed =
  /^(?:to be filled by o\.?e\.?m\.?|default string|system (?:manufacturer|product name|version)|not (?:specified|applicable|available)|none|unknown|n\/a|empty|o\.?e\.?m\.?|x\.x|0+)?$/i;

/** Fields of `/sys/class/dmi/id` by file name; what is empty or a placeholder is left out. */
function parseDmi(text: string): Readonly<Partial<Record<string, string>>> {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = /^(?:\/sys\/(?:class|devices\/virtual)\/dmi\/id\/)?(\w{1,32}):(.*)$/.exec(line) ?? [];
    if (name !== undefined && !unnamed.test(value.trim())) found.set(name, value.trim());
  }
  return Object.fromEntries(found);
}
