/**
 * The line for /etc/sudoers.d that lets a user run just this as root without a password; null where it cannot be said
 * exactly. sudoers(5): a command without arguments must have `""`, or it may have any; `, : = \` are escaped; wildcards
 * and regular expressions would let more in than was asked for, so words that could be one are refused.
 */
export function sudoersRule(user: string, words: readonly string[]): string | null {
  const [program = '', ...rest] = words;
  const name = sudoersUser(user);
  if (name === null || !/^\/[A-Za-z0-9_./+-]*[A-Za-z0-9_+-]$/.test(program) || program.includes('/../')) return null;
  if (!rest.every((word) => /^[A-Za-z0-9_./:=@%+,-]+$/.test(word))) return null;
  const given = rest.map((word) => word.replace(/[,:=]/g, '\\$&'));
  return `${name} ALL=(root) NOPASSWD: ${[program, ...(given.length === 0 ? ['""'] : given)].join(' ')}`;
}

/** A user as sudoers wants it; null for one that would mean something else there (`%group`, `#uid`, `ALL`). */
function sudoersUser(user: string): string | null {
  if (/^(?:[%+#!]|[A-Z][A-Z0-9_]*$)/.test(user) || !/^[\p{L}\p{N}_.@\\ $-]+$/u.test(user)) return null;
  return user.replace(/[\\@ ]/g, '\\$&');
}
