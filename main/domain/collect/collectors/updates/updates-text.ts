import type { SampleData } from '../../../../contract/samples.ts';
import { cutText } from '../../cut-text.ts';

type Package = NonNullable<SampleData['updates']>['packages'][number];

interface Updates {
  readonly manager: string | null;
  readonly packages: readonly Package[];
  /** False where the manager does not say which of them are for security. */
  readonly knowsSecurity: boolean;
  /** Whether it printed what it prints even where nothing waits. */
  readonly isList: boolean;
}

/** What managers print around their rows, or in place of them. */
const frames: Readonly<Record<string, RegExp>> = {
  apt: /^Listing\.\.\./,
  zypper: /^(?:S +\| Repository +\||No updates found\.)/,
  apk: /^Installed: +Available:/,
  dnf: /^Last metadata expiration check: /,
  'apt-get': /^\d+ upgraded, \d+ newly installed, /,
};

/** A row of each manager: its name and version, and for apt the suites that it comes from. */
const rows: Readonly<Record<string, RegExp>> = {
  // In any language; one that is installed says so before it says what it could become.
  apt: /^([^\s/]+)\/(\S+) (\S+) \S+ \[[^\],:]+: [^\]]+\]/,
  zypper: /^v *\|[^|]*\| *([^| ]+) *\|[^|]*\| *([^| ]+) *\|/,
  apk: /^(\S+)-\d\S* +< +(\S+)/,
  'apk list': /^(\S+?)-(\d[^\s-]*-r\d+) \S+ \{[^}]*\} \(.*\) \[upgradable from: /,
  pacman: /^(\S+) \S+ -> (\S+)/,
  // `apt-get -s upgrade`, of which captures may be.
  'apt-get': /^Inst ([^\s/]+) (?:\[[^\]]*\] )?\((\S+) ([^)]+) \[\S+\]\)/,
  dnf: /^(\S+)\.(?:noarch|src|x86_64(?:_v[2-4])?|i[3-6]86|athlon|aarch64|armv[5-8]\w+|ppc64(?:le)?|s390x?|riscv64|loongarch64) +(\S+) +\S+\s*$/,
};

/** Managers by the shapes of their rows, where a shape is not called like its manager. */
const families: Readonly<Partial<Record<string, string>>> = { 'apt-get': 'apt', 'apk list': 'apk' };

/**
 * What waits, out of the list that a package manager prints.
 * @param told the manager by name, where it is known; else the shape of the rows tells
 */
export function parseUpdates(printed: readonly string[], told: string | null): Updates {
  const lines = unwrapped(printed);
  const shape = told === 'yum' ? 'dnf' : told;
  const known = Object.keys(rows);
  const isOf = (name: string) => lines.some((line) => rows[name]?.test(line) || frames[name]?.test(line));
  const manager = shape ?? known.find(isOf) ?? null;
  const row = manager !== null && known.includes(manager) ? rows[manager] : undefined;
  if (manager === null || row === undefined) {
    return { manager: null, packages: [], knowsSecurity: false, isList: false };
  }
  // dnf lists what others replace under a heading of its own, and the advisories after that.
  const isEnd = (line: string) => /^Obsoleting packages/i.test(line) || line === 'security:';
  const end = manager === 'dnf' ? lines.findIndex(isEnd) : -1;
  const advised = lines.slice(lines.indexOf('security:') + 1);
  const isAsked = lines.includes('security:');
  const advisories = isAsked
    ? advised.map(
        (line) =>
          line
            .trim()
            .split(/\s+/)
            .find((word) => /\.\w+$/.test(word)) ?? '',
      )
    : [];
  const packages = (end < 0 ? lines : lines.slice(0, end)).flatMap((line) => {
    const found = row.exec(line);
    if (found === null) return [];
    const [name, version] = [found[1] as string, found[manager === 'apt' ? 3 : 2] as string];
    const suites = manager === 'apt' ? found[2] : manager === 'apt-get' ? found[3] : undefined;
    const security =
      suites !== undefined
        ? suites.split(',').some((suite) => /-security\b|^Debian-Security/i.test(suite.trim()))
        : advisories.some((one) => one.startsWith(`${name}-`) && one.includes(version.replace(/^\d+:/, '')));
    return [{ name: cutText(name, 128), version: cutText(version, 128), security }];
  });
  return {
    manager: told ?? (lines.some((line) => /^Loaded plugins: /.test(line)) ? 'yum' : (families[manager] ?? manager)),
    packages,
    isList: isOf(manager),
    knowsSecurity: manager.startsWith('apt') || isAsked || (manager === 'dnf' && packages.length === 0),
  };
}

/** Of a long name yum goes on in the next line, under the column of versions. */
function unwrapped(lines: readonly string[]): string[] {
  return lines.flatMap((line, at) => {
    if (/^\S+\.\w+$/.test(line) && /^\s+\S+\s+\S+\s*$/.test(lines[at + 1] ?? '')) return [`${line}${lines[at + 1]}`];
    return /^\s/.test(line) && /^\S+\.\w+$/.test(lines[at - 1] ?? '') ? [] : [line];
  });
}
