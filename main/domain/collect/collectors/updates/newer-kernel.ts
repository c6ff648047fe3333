/**
 * Whether a newer kernel of the same flavour (`amd64`, `generic`, `pve`) is installed than the one that runs. Null where
 * no installed one is of its kind: in a container the kernel is another system's.
 */
export function newerKernel(running: string, installed: readonly string[]): boolean | null {
  const rivals = installed.slice(0, 256).filter((one) => flavourOf(one) === flavourOf(running));
  if (running === '' || rivals.length === 0) return null;
  return rivals.some((one) => compare(numbersOf(one), numbersOf(running)) > 0);
}

function flavourOf(release: string): string {
  return release
    .split(/[-.+~_]/)
    .filter((part) => /^[A-Za-z]/.test(part))
    .map((part) => part.replace(/\d+/g, ''))
    .join(' ');
}

function numbersOf(release: string): number[] {
  return (release.match(/\d{1,9}/g) ?? []).map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
