import type { DiffLine } from '../../contract/dump-entries.ts';

export interface LinesDiff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
  /** True where the texts were too different to be compared to the end: the rest is told as removed and added. */
  readonly cut: boolean;
}

/** Lines of context around a change. */
const context = 3;
/** The most changes that are looked for, by Myers' algorithm in (N + M) · D steps and D² memory. */
const maxChanges = 1000;
/** The most lines that are told. */
const maxTold = 5000;
const maxLine = 4000;

/**
 * Two texts by lines, as `diff -u` would: unchanged stretches are folded but for three lines around each change.
 * E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986.
 */
export function diffLines(left: string, right: string): LinesDiff {
  const [a, b] = [linesOf(left), linesOf(right)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = changesIn(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const kept = { a: middle.kept.map(([i]) => i + start), b: middle.kept.map(([, j]) => j + start) };
  const told = tell(a, b, kept, start, end);
  return {
    ...folded(told.lines),
    added: told.added,
    removed: told.removed,
    cut: middle.cut || told.lines.length > maxTold,
  };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Pairs of lines that stay, in their order. */
function changesIn(a: readonly string[], b: readonly string[]): { kept: [number, number][]; cut: boolean } {
  const [n, m] = [a.length, b.length];
  const most = Math.min(n + m, maxChanges);
  const offset = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[offset + k - 1] as number) < (furthest[offset + k + 1] as number));
      let x = down ? (furthest[offset + k + 1] as number) : (furthest[offset + k - 1] as number) + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      furthest[offset + k] = x;
      if (x >= n && y >= m) return { kept: wayBack(trace, n, m), cut: false };
    }
  }
  return { kept: [], cut: true };
}

/** Follows the furthest points back, and gathers the diagonals. */
function wayBack(trace: readonly Int32Array[], n: number, m: number): [number, number][] {
  const kept: [number, number][] = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d >= 0; d--) {
    const before = trace[d] as Int32Array;
    const at = (k: number) => before[k + d + 1] as number;
    const k = x - y;
    const previousK = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const previousX = at(previousK);
    const previousY = previousX - previousK;
    while (x > previousX && y > previousY) {
      x -= 1;
      y -= 1;
      kept.push([x, y]);
    }
    [x, y] = [previousX, previousY];
  }
  return kept.reverse();
}

function tell(
  a: readonly string[],
  b: readonly string[],
  kept: { a: readonly number[]; b: readonly number[] },
  start: number,
  end: number,
): { lines: DiffLine[]; added: number; removed: number } {
  const lines: DiffLine[] = [];
  let [i, j, added, removed] = [0, 0, 0, 0];
  const until = (toI: number, toJ: number) => {
    for (; i < toI; i++, removed++) lines.push(line('removed', a[i] as string, i + 1, null));
    for (; j < toJ; j++, added++) lines.push(line('added', b[j] as string, null, j + 1));
  };
  const same = (toI: number) => {
    for (; i < toI; i++, j++) lines.push(line('same', a[i] as string, i + 1, j + 1));
  };
  same(start);
  kept.a.forEach((at, index) => {
    until(at, kept.b[index] as number);
    same(at + 1);
  });
  until(a.length - end, b.length - end);
  same(a.length);
  return { lines, added, removed };
}

function line(kind: DiffLine['kind'], text: string, left: number | null, right: number | null): DiffLine {
  return { kind, count: 1, text: text.slice(0, maxLine), left, right };
}

/** Unchanged lines that are far from every change become one that says how many. */
function folded(lines: readonly DiffLine[]): { lines: DiffLine[] } {
  const told: DiffLine[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && (lines[to]?.kind === 'same') === (lines[from]?.kind === 'same')) to += 1;
    const head = from === 0 ? 0 : context;
    const tail = to === lines.length ? 0 : context;
    const folds = lines[from]?.kind === 'same' && to - from > head + tail + 1;
    if (!folds) told.push(...lines.slice(from, to));
    else {
      told.push(...lines.slice(from, from + head));
      const skipped = lines[from + head] as DiffLine;
      told.push({ ...skipped, kind: 'skipped', count: to - from - head - tail, text: '' });
      told.push(...lines.slice(to - tail, to));
    }
    from = to;
  }
  return { lines: told.slice(0, maxTold) };
}
