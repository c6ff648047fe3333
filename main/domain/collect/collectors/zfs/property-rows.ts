const maxLine = 4096;
const maxNames = 1024;

/**
 * What `zfs get` and `zpool get` print, a property on each line, by the name and then the property; nothing where it is
 * something else. A head names the columns; with `-H` tabs part them, and the second is one of the properties that are
 * looked for.
 */
export function propertiesByName(
  text: string,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  let isHeaded = false;
  for (const raw of text.split('\n', 65_536)) {
    const line = raw.slice(0, maxLine).trimEnd();
    const cells = line.split(line.includes('\t') ? '\t' : /\s{2,}/);
    if (/^NAME\s+PROPERTY\s+VALUE\b/.test(line)) {
      isHeaded = true;
      continue;
    }
    const [name = '', property = '', value] = cells;
    if (value === undefined || !wanted.has(property) || !(isHeaded || line.includes('\t'))) continue;
    if (!found.has(name) && found.size === maxNames) continue;
    found.set(name, (found.get(name) ?? new Map<string, string>()).set(property, value));
  }
  return found;
}
