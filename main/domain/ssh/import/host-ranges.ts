import { mostHosts } from './imported.ts';

/**
 * Names behind one with ranges in Ansible's manner: `web[01:20]`, `db-[a:f]`, `n[0:100:10]`, several in a name. Null
 * for a range that ends before it begins, or that gives more names than a fleet has.
 * https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html
 */
export function expandRanges(name: string): string[] | null {
  let names = [''];
  let at = 0;
  for (const range of name.matchAll(/\[(?:(\d+):(\d+)|([a-z]):([a-z])|([A-Z]):([A-Z]))(?::(\d+))?\]/g)) {
    const [whole, low, high, a, z, A, Z, step = '1'] = range;
    const members = numbersOrLetters(low, high, a ?? A, z ?? Z, Number(step));
    if (members === null || members.length * names.length > mostHosts) return null;
    const before = name.slice(at, range.index);
    names = names.flatMap((one) => members.map((member) => `${one}${before}${member}`));
    at = range.index + whole.length;
  }
  return names.map((one) => one + name.slice(at));
}

function numbersOrLetters(
  low: string | undefined,
  high: string | undefined,
  first: string | undefined,
  last: string | undefined,
  step: number,
): string[] | null {
  const [from, to] =
    low !== undefined ? [Number(low), Number(high)] : [first?.charCodeAt(0) ?? 0, last?.charCodeAt(0) ?? 0];
  if (step < 1 || to < from || (to - from) / step > mostHosts) return null;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => {
    const value = from + index * step;
    return low === undefined ? String.fromCharCode(value) : String(value).padStart(low.length, '0');
  });
}
