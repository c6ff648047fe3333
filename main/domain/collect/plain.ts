/**
 * The value as JSON would give it back: no undefined, no -0, arrays and plain objects only. What is so already is not
 * copied. Throws where it holds a number that JSON cannot say, because such a number is a fault of the parser and must
 * not become a null in silence.
 */
export function toPlain(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotFinite([]);
    return value === 0 ? 0 : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? plainArray(value) : plainObject(value as Record<string, unknown>);
}

function plainArray(items: readonly unknown[]): readonly unknown[] {
  let plain: unknown[] | null = null;
  for (let index = 0; index < items.length; index++) {
    const own = plainPart(items[index], index);
    if (plain === null && !Object.is(own, items[index])) plain = items.slice(0, index);
    plain?.push(own);
  }
  return plain ?? items;
}

function plainObject(parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let plain: Record<string, unknown> | null = isLiteral(parts) ? null : {};
  // Not `Object.keys`, which is an array for each of hundreds; the object's own all the same.
  for (const name in parts) {
    if (!Object.hasOwn(parts, name)) continue;
    const part = parts[name];
    const own = typeof part === 'string' ? part : plainPart(part, name);
    if (plain === null && (part === undefined || !Object.is(own, part))) plain = copyUpTo(name, parts);
    if (plain !== null && part !== undefined) plain[name] = own;
  }
  return plain ?? parts;
}

function isLiteral(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

/** What stands before that name. */
function copyUpTo(name: string, parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(parts);
  return Object.fromEntries(names.slice(0, names.indexOf(name)).map((one) => [one, parts[one]]));
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
