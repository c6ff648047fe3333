import { parseSync } from 'vite';

/** One place where a file names another module. */
export interface Import {
  /** What stands between the quotes; null where it is computed and cannot be known. */
  readonly specifier: string | null;
  /** True where nothing of it is left when the types are stripped. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What the room rules look at in one file. */
export interface Reading {
  readonly imports: readonly Import[];
  /** Reads of the clock and of randomness, as they are written: `Date.now`, `new Date()`. */
  readonly impure: readonly { readonly text: string; readonly line: number }[];
  /** Line of `export default`; null where there is none. */
  readonly defaultExport: number | null;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const impureMembers = new Set([
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);

/**
 * Reads a TypeScript file with Vite's own parser, so that comments, strings and JSX text are never taken for imports.
 * Throws when the file does not parse.
 */
export function readImports(path: string, source: string): Reading {
  const parsed = parseSync(path, source);
  const error = parsed.errors[0];
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);

  const lineAt = lineFinder(source);
  const imports: Import[] = [];
  const impure: { text: string; line: number }[] = [];
  let defaultExport: number | null = null;

  function visit(node: Node): void {
    const line = lineAt(node.start);
    const reference = referenceOf(node);
    if (reference !== null) imports.push({ ...reference, line });
    const text = impureText(node);
    if (text !== null) impure.push({ text, line });
    if (node.type === 'ExportDefaultDeclaration') defaultExport = line;
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  }
  visit(parsed.program as unknown as Node);
  return { imports: imports.sort((a, b) => a.line - b.line), impure, defaultExport };
}

function referenceOf(node: Node): Omit<Import, 'line'> | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node.source), typeOnly: isTypeOnly(node, 'importKind') };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      if (!isNode(node.source)) return null;
      return { specifier: literal(node.source), typeOnly: isTypeOnly(node, 'exportKind') };
    case 'ImportExpression':
      return { specifier: literal(node.source), typeOnly: false };
    case 'TSImportType':
      return { specifier: literal(node.source), typeOnly: true };
    case 'TSExternalModuleReference':
      return { specifier: literal(node.expression), typeOnly: false };
    case 'CallExpression': {
      const loads = ['require', 'require.resolve', 'import.meta.resolve', 'process.getBuiltinModule'];
      if (!loads.includes(dotted(node.callee))) return null;
      return { specifier: literal((node.arguments as unknown[])[0]), typeOnly: false };
    }
    default:
      return null;
  }
}

/** `import { type A } from` keeps its side effects under type stripping, but names nothing at run time. */
function isTypeOnly(node: Node, kind: 'importKind' | 'exportKind'): boolean {
  if (node[kind] === 'type') return true;
  const specifiers = node.specifiers;
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((specifier: Node) => specifier[kind] === 'type');
}

function impureText(node: Node): string | null {
  if (node.type === 'MemberExpression') {
    const text = dotted(node);
    return impureMembers.has(text) ? text : null;
  }
  const bare = node.type === 'NewExpression' && (node.arguments as unknown[]).length === 0;
  return bare && dotted(node.callee) === 'Date' ? 'new Date()' : null;
}

function dotted(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'Identifier') return String(value.name);
  if (value.type === 'MetaProperty') return `${dotted(value.meta)}.${dotted(value.property)}`;
  if (value.type === 'MemberExpression' && value.computed !== true) {
    return `${dotted(value.object)}.${dotted(value.property)}`;
  }
  return '';
}

function literal(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : null;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    return next === -1 ? starts.length : next;
  };
}
