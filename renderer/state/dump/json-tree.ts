/** A value of a sample, and what became of it since the sample before. */
export interface JsonNode {
  /** From the root, in JSON: keys and indexes. */
  readonly path: string;
  readonly key: string;
  readonly depth: number;
  /** The value in words; null for what has children. */
  readonly value: string | null;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'other';
  readonly children: readonly JsonNode[];
  /** Against the sample before: `within` where something below it is another. */
  readonly change: 'none' | 'changed' | 'added' | 'within';
  /** What it was before, where it changed. */
  readonly before: string | null;
  /** The key below `data`, which names a collector; null above. */
  readonly collector: string | null;
}

export interface JsonRow {
  readonly node: JsonNode;
  readonly open: boolean;
}

const maxDepth = 40;
/** Rows of one tree; more is never read. */
export const maxJsonRows = 50_000;

/** What tells one thing of a list from another, in the order of trust: places in a list change. */
const identities = ['pid', 'name', 'id', 'device', 'mount', 'interface', 'target'];

/** A tree of a JSON text. Answers null where it is none. `previous` is null where there is nothing to compare with. */
export function jsonTree(text: string, previous: string | null): JsonNode | null {
  const value = parsed(text);
  if (value === undefined) return null;
  const before = previous === null ? undefined : parsed(previous);
  return nodeOf({ key: '', path: [], value, before, compared: before !== undefined, collector: null });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Place {
  readonly key: string;
  readonly path: readonly string[];
  readonly value: unknown;
  readonly before: unknown;
  readonly compared: boolean;
  readonly collector: string | null;
}

function nodeOf({ key, path, value, before, compared, collector }: Place): JsonNode {
  const shared = { path: JSON.stringify(path), key, depth: path.length, collector };
  if (typeof value !== 'object' || value === null || path.length >= maxDepth) {
    const change = !compared || same(value, before) ? 'none' : before === undefined ? 'added' : 'changed';
    const kind = typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'other';
    return {
      ...shared,
      value: words(value),
      kind,
      children: [],
      change,
      before: change === 'changed' ? words(before) : null,
    };
  }
  const isNew = compared && (typeof before !== 'object' || before === null);
  const children = Object.entries(value).map(([name, child], index) =>
    nodeOf({
      key: name,
      path: [...path, name],
      value: child,
      before: isNew ? undefined : counterpart(child, before, name, index),
      compared: compared && !isNew,
      collector: path.length === 1 && path[0] === 'data' ? name : collector,
    }),
  );
  const within = children.some(({ change }) => change !== 'none');
  const change = isNew ? (before === undefined ? 'added' : 'changed') : within ? 'within' : 'none';
  return { ...shared, value: null, kind: Array.isArray(value) ? 'array' : 'object', children, change, before: null };
}

/** What stood there before: in a list the same thing, wherever it stood. */
function counterpart(child: unknown, before: unknown, name: string, index: number): unknown {
  if (!Array.isArray(before)) return (before as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (typeof child !== 'object' || child === null) return before[index];
  const identity = identities.find((one) => Object.hasOwn(child, one));
  if (identity === undefined) return before[index];
  const sought = (child as Readonly<Record<string, unknown>>)[identity];
  const isIt = (one: unknown) => (one as Readonly<Record<string, unknown>> | null)?.[identity] === sought;
  return isIt(before[index]) ? before[index] : before.find(isIt);
}

function same(value: unknown, before: unknown): boolean {
  return value === before || (isThing(value) && isThing(before));
}

function isThing(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** What is deeper than anybody nests on purpose is not looked into: to print it would take the stack. */
function words(value: unknown): string {
  if (isThing(value)) return '…';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

/** Whether a node is open before anybody touched it: what fits on a page, and no long lists. */
function opensByItself({ depth, children }: JsonNode): boolean {
  return depth < 2 || (depth < 4 && children.length <= 12);
}

/**
 * The rows to show. `toggled` holds the paths of nodes that are the other way round than by themselves. With words to
 * look for, what holds them in key or value is shown with what is around it, and all of that is open.
 */
export function jsonRows(root: JsonNode, toggled: ReadonlySet<string>, query: string, changedOnly: boolean): JsonRow[] {
  const sought = query.trim().toLowerCase();
  const narrowed = sought !== '' || changedOnly;
  const fitting = new Set<JsonNode>();
  if (narrowed) markFitting(root, sought, changedOnly, fitting);
  const rows: JsonRow[] = [];
  const add = (node: JsonNode) => {
    if (rows.length >= maxJsonRows || (narrowed && !fitting.has(node))) return;
    const open = node.children.length > 0 && (narrowed || opensByItself(node) !== toggled.has(node.path));
    if (node.depth > 0) rows.push({ node, open });
    if (open || node.depth === 0) for (const child of node.children) add(child);
  };
  add(root);
  return rows;
}

/** Whether a node or something below it fits; those that do are put into the set. */
function markFitting(node: JsonNode, sought: string, changedOnly: boolean, fitting: Set<JsonNode>): boolean {
  const holds = `${node.key}: ${node.value ?? ''}`.toLowerCase().includes(sought);
  let fits = holds && (node.children.length === 0 || sought !== '') && (!changedOnly || node.change !== 'none');
  for (const child of node.children) if (markFitting(child, sought, changedOnly, fitting)) fits = true;
  if (fits) fitting.add(node);
  return fits;
}
