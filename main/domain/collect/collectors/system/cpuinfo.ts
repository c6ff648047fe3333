interface Cpu {
  readonly model: string | null;
  readonly sockets: number | null;
  readonly cores: number | null;
  readonly threads: number | null;
  /** The board, where it names that too. */
  readonly machine: string | null;
}

/** The lines of `/proc/cpuinfo` that any machine names its CPUs in: their keys differ from one to the next. */
export const cpuKeys =
  '^(processor|Processor|# processors|model name|Model|Hardware|cpu model|cpu *[^ A-Za-z]|ncpus active|system type|machine|vendor_id|uarch|isa[^-]|physical id|core|package|CPU implementer|CPU part)';

/** Names of cores of ARM by implementer and part: https://developer.arm.com/documentation (MIDR_EL1 of each). */
const armParts: Readonly<Partial<Record<string, string>>> = {
  '0x41 0xd03': 'ARM Cortex-A53',
  '0x41 0xd04': 'ARM Cortex-A35',
  '0x41 0xd05': 'ARM Cortex-A55',
  '0x41 0xd07': 'ARM Cortex-A57',
  '0x41 0xd08': 'ARM Cortex-A72',
  '0x41 0xd09': 'ARM Cortex-A73',
  '0x41 0xd0a': 'ARM Cortex-A75',
  '0x41 0xd0b': 'ARM Cortex-A76',
  '0x41 0xd0c': 'ARM Neoverse-N1',
  '0x41 0xd0d': 'ARM Cortex-A77',
  '0x41 0xd40': 'ARM Neoverse-V1',
  '0x41 0xd41': 'ARM Cortex-A78',
  '0x41 0xd42': 'ARM Cortex-A78AE',
  '0x41 0xd44': 'ARM Cortex-X1',
  '0x41 0xd46': 'ARM Cortex-A510',
  '0x41 0xd47': 'ARM Cortex-A710',
  '0x41 0xd49': 'ARM Neoverse-N2',
  '0x41 0xd4f': 'ARM Neoverse-V2',
  '0x41 0xd80': 'ARM Cortex-A520',
  '0x41 0xd81': 'ARM Cortex-A720',
  '0x43 0x0a1': 'Cavium ThunderX',
  '0x43 0x0af': 'Cavium ThunderX2',
  '0x46 0x001': 'Fujitsu A64FX',
  '0x48 0xd01': 'HiSilicon Kunpeng-920',
  '0x61 0x022': 'Apple Icestorm',
  '0x61 0x023': 'Apple Firestorm',
  '0xc0 0xac3': 'Ampere-1',
  '0xc0 0xac4': 'Ampere-1a',
};

/**
 * What `/proc/cpuinfo` says on x86, ARM, POWER, s390x, RISC-V, MIPS, LoongArch and SPARC. Sockets and cores are null where it
 * numbers none. https://docs.kernel.org/filesystems/proc.html
 */
export function parseCpuinfo(text: string): Cpu {
  const first = new Map<string, string>();
  const packages = new Set<string>();
  const cores = new Set<string>();
  const parts = new Set<string>();
  let [threads, physical, implementer] = [0, '', ''];
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const key = line.slice(0, colon).trimEnd().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (!first.has(key)) first.set(key, value);
    // s390x says `processor 0: version = …`; an old ARM has one `Processor` that is a name.
    if (/^processor( \d+)?$/.test(key) && (key !== 'processor' || /^\d+$/.test(value))) threads += 1;
    if (/^processor/.test(key)) physical = '';
    if (key === 'physical id' || key === 'package') {
      physical = value;
      packages.add(value);
    }
    if (key === 'cpu implementer') implementer = value;
    if (key === 'cpu part') parts.add(armParts[`${implementer} ${value}`.toLowerCase()] ?? '');
    if (key === 'core id' || key === 'core') cores.add(`${physical} ${value}`);
  }
  const of = (key: string) => first.get(key) || null;
  const old = oldName(of);
  return {
    // A chip may have large cores and small ones.
    model: modelOf(of, parts.has('') ? null : [...parts].join(' + ') || null),
    // Some virtual machines number cores and no sockets.
    sockets: packages.size || null,
    cores: cores.size || null,
    // An old ARM that has but one does not number it.
    threads:
      threads ||
      Number(/^\d{1,5}$/.exec(of('# processors') ?? of('ncpus active') ?? '')?.[0] ?? (old === null ? 0 : 1)) ||
      null,
    machine: [of('model'), of('machine')].find((name) => /[A-Za-z]{2}/.test(name ?? '')) ?? null,
  };
}

/** Of ARM before 3.8: `Processor` that is a name. */
function oldName(of: (key: string) => string | null): string | null {
  const processor = of('processor');
  return processor === null || /^\d+$/.test(processor) ? null : processor;
}

function modelOf(of: (key: string) => string | null, arm: string | null): string | null {
  const named = of('model name') ?? of('cpu model') ?? of('cpu');
  if (named !== null) return named;
  const machine = /machine = (\w+)/.exec(of('processor 0') ?? '')?.[1];
  if (machine !== undefined) return `${of('vendor_id') ?? 'IBM/S390'} ${machine}`;
  return arm ?? oldName(of) ?? of('uarch') ?? of('hardware') ?? of('system type') ?? of('isa');
}
