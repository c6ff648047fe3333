/** What `uname`, systemd and the kernel's topology said, each null where they did not. */
export interface Facts {
  readonly hostname: string | null;
  readonly kernel: string | null;
  readonly architecture: string | null;
  /** What `systemd-detect-virt` answers. */
  readonly virtualization: string | null;
  /** Whether anybody looked for what it runs in: `uname -a` alone says nothing of it. */
  readonly isVirtualizationAsked: boolean;
  /** Lines that each speak for something that it may run in, where there is no systemd. */
  readonly evidence: ReadonlySet<string>;
  /** Of the device tree. */
  readonly model: string | null;
  /** Of a system too old for `os-release`. */
  readonly release: string | null;
  readonly sockets: number | null;
  readonly cores: number | null;
}

const evidenceLines = new Set(['/.dockerenv', '/run/.containerenv', '/proc/vz', '/proc/xen', 'lxcfs', 'hypervisor']);

/** What `uname -m` may answer. */
const machine =
  /^(?:x86_64|i[3-6]86|aarch64(?:_be)?|arm\w*|mips\w*|ppc\w*|riscv(?:32|64)|s390x?|loongarch64|sparc\w*|ia64|alpha|m68k|parisc\w*|sh[2-5]\w*|e2k)$/;

/** `CentOS release 6.10 (Final)`, as such systems have it in a file of its own. */
const release = /^[A-Z][\w ]{1,64} release \d[\w.-]{0,16}(?: (?:Alpha|Beta))? ?(?:\([\w. ]{1,32}\))?$/;

/** Reads also `uname -a`, where the machine is followed by processor, platform and system, each as the build likes. */
export function parseFacts(text: string): Facts {
  const lines = text.split(/\r?\n/, 16_384).map((line) => line.trimEnd());
  const words = (lines.find((line) => line.startsWith('Linux ')) ?? '').split(' ');
  // `uname -sr` tells no name.
  const names = isRelease(words[1]) && !isRelease(words[2]) ? ['Linux', '', ...words.slice(1)] : words;
  return {
    hostname: names[1] || null,
    kernel: names[2] || null,
    architecture: (names.length === 4 ? names[3] : names.slice(3).find((name) => machine.test(name))) ?? null,
    virtualization: told(lines, 'virt'),
    isVirtualizationAsked: lines.some((line) => line.startsWith('virt=')),
    evidence: new Set(lines.filter((line) => evidenceLines.has(line))),
    model: told(lines, 'model'),
    release: told(lines, 'release') ?? lines.find((line) => release.test(line)) ?? null,
    sockets: distinct(lines, 'physical_package_id:'),
    cores: distinct(lines, 'thread_siblings_list:'),
  };
}

function isRelease(word: string | undefined): boolean {
  return word !== undefined && /^\d+\.\d+/.test(word);
}

function told(lines: readonly string[], name: string): string | null {
  return (
    lines
      .find((line) => line.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .trim() || null
  );
}

/** How many values a file of each CPU has; a package of -1 is one that the firmware does not number. */
function distinct(lines: readonly string[], name: string): number | null {
  const values = lines.flatMap((line) => {
    const at = line.startsWith('/sys/') ? line.indexOf(name) : -1;
    return at < 0 ? [] : [line.slice(at + name.length)];
  });
  const count = new Set(values.filter((value) => value !== '' && value !== '-1')).size;
  return count === 0 ? null : count;
}
