import { isObject, type JsonObject } from './json-parts.ts';

/** What one asking of smartctl printed, and what it was about as far as a mark before it says. */
export interface Section {
  readonly device: string | null;
  /** What stood behind `-d`. */
  readonly type: string | null;
  /** Why smartctl was not asked: `asleep`, `usb`. */
  readonly left: string | null;
  readonly documents: readonly JsonObject[];
  /** What is no JSON; empty where there were documents. */
  readonly text: string;
}

/** More disks than this are not asked for; a capture has hardly more. */
export const maxSections = 256;

const mark = /^==> (\S{1,200})(?: -d (\S{1,60}))?(?: (asleep|usb))? <==\r?$/;
const banner = /^smartctl (?:version )?(?:pre-)?\d+\.\d+ /;

/**
 * Parts an output at the marks that the collector's line prints before each disk (`==> /dev/sda <==`), and text reports
 * of several disks at smartctl's own first line.
 */
export function parseSections(output: string): Section[] {
  const sections: Section[] = [];
  let head: RegExpExecArray | null = null;
  let lines: string[] = [];
  const close = () => {
    const text = lines.join('\n');
    const documents = readDocuments(text);
    const [, device = null, type = null, left = null] = head ?? [];
    if (head !== null || text.trim() !== '') {
      sections.push({ device, type, left, documents, text: documents.length > 0 ? '' : text });
    }
    lines = [];
  };
  for (const line of output.split('\n')) {
    const found = line.length < 300 ? mark.exec(line) : null;
    const begins = found !== null || (banner.test(line) && lines.some((one) => banner.test(one)));
    if (begins) {
      close();
      head = found;
      if (sections.length >= maxSections) return sections;
    }
    if (found === null) lines.push(line);
  }
  close();
  return sections;
}

/** All JSON objects that stand one after another, in a list or not; what is broken or cut is left out. */
export function readDocuments(text: string): JsonObject[] {
  const documents: JsonObject[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = text.indexOf('{'); at >= 0 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === backslash) at++;
      else if (code === quote) quoted = false;
    } else if (code === quote && depth > 0) quoted = true;
    else if (code === open) {
      if (depth === 0) start = at;
      depth++;
    } else if (code === shut && depth > 0) {
      depth--;
      if (depth > 0) continue;
      const document = parseOne(text.slice(start, at + 1));
      if (document !== null) documents.push(document);
      if (documents.length >= maxSections) return documents;
    }
  }
  return documents;
}

const [quote, backslash, open, shut] = [34, 92, 123, 125] as const;

function parseOne(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
