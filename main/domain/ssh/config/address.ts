/**
 * A numeric address as the resolver writes it: `127.1` is 127.0.0.1, `0:0::1` is ::1. Null for anything else.
 * An IPv6 address keeps its zone (`fe80::1%eth0`).
 */
export function numericAddress(text: string, family: string): string | null {
  const v4 = family === 'inet6' ? null : v4Of(text);
  if (v4 !== null) return v4.join('.');
  return family === 'inet' ? null : v6Of(text);
}

/** One to four numbers, decimal, octal or hexadecimal; the last one fills what is left. */
function v4Of(text: string): number[] | null {
  const parts = text.split('.').map(numberOf);
  const last = parts.pop() ?? null;
  if (last === null || parts.length > 3 || last >= 256 ** (4 - parts.length)) return null;
  const bytes: number[] = [];
  for (const part of parts) {
    if (part === null || part > 255) return null;
    bytes.push(part);
  }
  for (let rest = 3 - parts.length; rest >= 0; rest -= 1) bytes.push(Math.floor(last / 256 ** rest) % 256);
  return bytes;
}

function numberOf(text: string): number | null {
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number.parseInt(text, 16);
  if (/^0[0-7]{0,11}$/.test(text)) return Number.parseInt(text, 8);
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}

function v6Of(text: string): string | null {
  const [, address = '', zone = ''] = /^([\da-f:.]+)(%[\w.-]+)?$/i.exec(text) ?? [];
  const groups = groupsOf(address);
  if (groups === null) return null;
  const [start, length] = longestZeros(groups);
  const written = groups.map((group) => group.toString(16));
  if (
    groups.slice(0, 5).every((group) => group === 0) &&
    (groups[5] === 0xffff || (groups[5] === 0 && groups[6] !== 0))
  ) {
    const [high = 0, low = 0] = groups.slice(6);
    const v4 = [high >> 8, high & 255, low >> 8, low & 255].join('.');
    return `::${groups[5] === 0xffff ? 'ffff:' : ''}${v4}${zone}`;
  }
  if (length < 2) return `${written.join(':')}${zone}`;
  return `${written.slice(0, start).join(':')}::${written.slice(start + length).join(':')}${zone}`;
}

function groupsOf(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const before = head?.flatMap((part, index) => fieldOf(part, tail === undefined && index === head.length - 1)) ?? [];
  const after = tail?.flatMap((part, index) => fieldOf(part, index === tail.length - 1)) ?? [];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => 0), ...after];
  return groups.includes(Number.NaN) ? null : groups;
}

/** Four hexadecimal digits; an IPv4 address counts for two at the end. */
function fieldOf(part: string, isLast: boolean): number[] {
  if (/^[\da-f]{1,4}$/i.test(part)) return [Number.parseInt(part, 16)];
  const [a, b, c, d] = isLast && /^\d{1,3}(?:\.\d{1,3}){3}$/.test(part) ? part.split('.').map(Number) : [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return [Number.NaN];
  return Math.max(a, b, c, d) > 255 ? [Number.NaN] : [a * 256 + b, c * 256 + d];
}

function longestZeros(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start += 1) {
    const end = groups.findIndex((group, index) => index >= start && group !== 0);
    const length = (end < 0 ? groups.length : end) - start;
    if (length > best[1]) best = [start, length];
  }
  return best;
}
