/**
 * The value as JSON would give it back: no undefined, no -0, arrays and plain objects only. Throws where it holds a
 * number that JSON cannot say, because such a number is a fault of the parser and must not become a null in silence.
 */
export function toPlain(value: unknown, where = ''): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`The reading${where} is not a number.`);
    return value === 0 ? 0 : value;
  }
  if (Array.isArray(value)) return value.map((item, index) => toPlain(item, `${where}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  const plain: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item !== undefined) plain[name] = toPlain(item, `${where}.${name}`);
  }
  return plain;
}
