interface OsRelease {
  readonly name: string | null;
  readonly id: string | null;
  readonly version: string | null;
}

/** The names of a system out of `os-release`: assignments as a shell reads them, without expansion. */
export function parseOsRelease(text: string): OsRelease {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, value] = /^\s*([A-Z][A-Z0-9_]{0,63})=(.*)$/.exec(line.slice(0, 4096)) ?? [];
    if (key !== undefined) fields.set(key, unquote((value as string).trim()));
  }
  const of = (key: string) => fields.get(key) || null;
  const [name, version] = [of('NAME'), of('VERSION') ?? of('VERSION_ID')];
  return {
    name: of('PRETTY_NAME') ?? (name === null ? null : [name, version].filter((part) => part !== null).join(' ')),
    id: of('ID'),
    version: of('VERSION_ID'),
  };
}

function unquote(value: string): string {
  const quote = value[0];
  if (quote === "'") return value.slice(1).replace(/'$/, '');
  if (quote !== '"') return value.replace(/\\(.)/g, '$1');
  return value
    .slice(1)
    .replace(/"$/, '')
    .replace(/\\(["$`\\])/g, '$1');
}
