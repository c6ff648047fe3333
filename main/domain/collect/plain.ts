/**
 * The value as JSON would give it back: no undefined, no -0, arrays and plain objects only. Throws where it holds a
 * number that JSON cannot say, because such a number is a fault of the parser and must not become a null in silence.
 */
export function toPlain(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotFinite([]);
    return value === 0 ? 0 : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? plainArray(value) : plainObject(value as Record<string, unknown>);
}

function plainArray(items: readonly unknown[]): unknown[] {
  const plain: unknown[] = [];
  for (let index = 0; index < items.length; index++) plain.push(plainPart(items[index], index));
  return plain;
}

function plainObject(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(parts)) {
    const part = parts[name];
    if (part !== undefined) plain[name] = typeof part === 'string' ? part : plainPart(part, name);
  }
  return plain;
}

/** The path is put together on the way out of a failure alone: this runs for every value of every sample. */
function plainPart(part: unknown, key: string | number): unknown {
  try {
    return toPlain(part);
  } catch (error) {
    throw error instanceof NotFinite ? new NotFinite([key, ...error.path]) : error;
  }
}

class NotFinite extends Error {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[]) {
    const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    super(`The reading${where} is not a number.`);
    this.path = path;
  }
}
