/** An element without children, by the names that lead to it from the one that was asked for. */
export type XmlFields = ReadonlyMap<string, string>;

const maxFields = 4000;
const maxDepth = 16;

/** An element that opens, ends, or is empty; what stands between is text. nvidia-smi writes no comments. */
const tag = /<(\/)?([A-Za-z_][\w.-]{0,63})((?:\s[^<>]{0,400})?)>/g;

export interface XmlPart {
  readonly id: string | null;
  readonly fields: XmlFields;
}

/**
 * The parts of an XML text that bear that name (`gpu`), each with its leaves: `fb_memory_usage/used` to `1128 MiB`. The
 * first of a name counts. It reads what nvidia-smi writes, and of anything else as much as looks like it; what was cut
 * has the leaves that came.
 */
export function readXmlParts(text: string, name: string, most: number): XmlPart[] {
  const parts: XmlPart[] = [];
  let fields: Map<string, string> | null = null;
  let path: string[] = [];
  let textStart = 0;
  let isLeaf = false;
  for (const found of text.matchAll(tag)) {
    const [whole, closes, element = '', attributes = ''] = found;
    if (fields === null) {
      if (closes !== undefined || element !== name || attributes.endsWith('/')) continue;
      if (parts.length >= most) break;
      fields = new Map();
      path = [];
      parts.push({ id: /\bid="([^"]{1,100})"/.exec(attributes)?.[1] ?? null, fields });
    } else if (closes !== undefined && element === name && path.length === 0) {
      fields = null;
    } else if (closes !== undefined) {
      const key = path.join('/');
      if (isLeaf && fields.size < maxFields && !fields.has(key)) {
        fields.set(key, unescapeXml(text.slice(textStart, Math.min(found.index, textStart + 200))).trim());
      }
      if (path.at(-1) === element) path.pop();
      isLeaf = false;
    } else if (!attributes.endsWith('/')) {
      if (path.length >= maxDepth) return parts;
      path.push(element);
      textStart = found.index + whole.length;
      isLeaf = true;
    }
  }
  return parts;
}

/** The text of the first element of that name, wherever it is. */
export function xmlText(text: string, name: string): string | null {
  const start = text.indexOf(`<${name}>`);
  if (start < 0) return null;
  const from = start + name.length + 2;
  const end = text.indexOf('<', from);
  return end < 0 ? null : unescapeXml(text.slice(from, Math.min(end, from + 200))).trim();
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] as string);
}
