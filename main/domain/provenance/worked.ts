/** A number that a reading was computed from. */
export interface Input {
  readonly round: 'this' | 'before' | 'once';
  /** It is the host's uptime at the beginning of a round. */
  readonly isClock: boolean;
  readonly text: string;
  /** The whole line that it stands in. */
  readonly line: string;
}

/** Two counters of many things are told as a list. */
const mostTerms = 8;

/**
 * The computation with the numbers that were used, where one of the known shapes gives the very value: one that is
 * printed, sums and differences, growth over the host's time, shares of ticks. Else a list of what went in.
 * @param kind of the path, see `pathKind`
 */
export function workedOf(kind: string, value: unknown, inputs: readonly Input[]): string | null {
  if (inputs.length === 0) return null;
  if (typeof value !== 'number') return `${listed(inputs)} = ${String(value)}`;
  // Words do not add up to a number: they are counted, each once.
  if (inputs.some(({ text }) => Number.isNaN(Number(text)))) {
    return inputs.length === value ? `${value} marked ${value === 1 ? 'word' : 'words'}` : null;
  }
  const computed = shares(kind, value, inputs) ?? ofOneRound(kind, value, inputs) ?? growth(kind, value, inputs);
  return `${computed ?? listed(inputs)} = ${digits(value)}`;
}

/** Parts of one sum of columns, from the round before to this one. */
function shares(kind: string, value: number, inputs: readonly Input[]): string | null {
  const part = /^cpu\..*\.(\w+)_percent$/.exec(kind)?.[1];
  const line = (round: Input['round']) => inputs.find((input) => input.round === round && !input.isClock)?.line;
  const [before, now] = [line('before'), line('this')];
  if (part === undefined || before === undefined || now === undefined) return null;
  const grown = columnsOf(now).map((ticks, index) => ticks - (columnsOf(before)[index] ?? 0));
  const names = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
  const own = part === 'busy' ? ['user', 'nice', 'system', 'irq', 'softirq'] : [part];
  const terms = own.map((name) => grown[names.indexOf(name)] ?? 0);
  const all = sum(grown.slice(0, names.length));
  const told = terms.length === 1 ? String(terms[0]) : `(${terms.join(' + ')})`;
  return isSame((100 * sum(terms)) / all, value) ? `100 × ${told} ÷ ${all} ticks` : null;
}

/** `cpu0 4705 356 584 …`: the numbers behind the name. */
function columnsOf(line: string): number[] {
  return line.trim().split(/\s+/).slice(1).map(Number);
}

/** Two numbers of this round, or one. */
function ofOneRound(kind: string, value: number, inputs: readonly Input[]): string | null {
  if (inputs.some(({ round }) => round === 'before')) return null;
  const [first, second, ...more] = inputs.map(({ text }) => Number(text));
  if (first === undefined || more.length > 0) return null;
  if (second === undefined) return withFactor(digits(first), first, value);
  if (kind.endsWith('_percent')) {
    if (isSame((100 * first) / (first + second), value)) return `100 × ${first} ÷ (${first} + ${second})`;
    if (isSame((100 * second) / first, value)) return `100 × ${second} ÷ ${first}`;
    if (isSame((100 * first) / second, value)) return `100 × ${first} ÷ ${second}`;
  }
  if (isSame(first / second, value)) return `${first} ÷ ${second}`;
  const difference = withFactor(`(${first} − ${second})`, first - second, value);
  return (
    difference ??
    withFactor(`(${second} − ${first})`, second - first, value) ??
    withFactor(`(${first} + ${second})`, first + second, value)
  );
}

/** The growth of one counter, or of the sum of some, over the time of the host, or over the growth of another one. */
function growth(kind: string, value: number, inputs: readonly Input[]): string | null {
  const [began, ended, ...clocks] = inputs.filter(({ isClock }) => isClock).map(({ text }) => Number(text));
  const others = inputs.filter(({ isClock }) => !isClock);
  const of = (round: Input['round']) => others.filter((one) => one.round === round).map(({ text }) => Number(text));
  const [before, now] = [of('before'), of('this')];
  if (before.length > mostTerms || now.length > mostTerms || now.length === 0 || clocks.length > 0) return null;
  const grown = sum(now) - sum(before);
  const told = before.length === 0 ? added(now) : `(${added(now, false)} − ${added(before)})`;
  if (began === undefined) {
    const mean = before.length === 2 && now.length === 2 ? ofTwo(value, before, now) : null;
    return mean ?? (before.length === 0 ? null : withFactor(told, grown, value));
  }
  if (ended === undefined) return null;
  return withFactor(`${told} ÷ (${ended} − ${began} s)`, grown / (ended - began), value, kind.endsWith('host_percent'));
}

/** Time by how often: the mean of what ended in between. */
function ofTwo(value: number, before: readonly number[], now: readonly number[]): string | null {
  const [[count, time], [countNow, timeNow]] = [before, now] as [[number, number], [number, number]];
  const told = `(${timeNow} − ${time}) ÷ (${countNow} − ${count})`;
  return withFactor(told, (timeNow - time) / (countNow - count), value);
}

function added(terms: readonly number[], inBrackets = terms.length > 1): string {
  const text = terms.join(' + ');
  return inBrackets ? `(${text})` : text;
}

function listed(inputs: readonly Input[]): string {
  const told = (round: Input['round']) =>
    inputs
      .filter((one) => one.round === round)
      .map(({ text }) => text)
      .join(' ');
  const [once, before, now] = [told('once'), told('before'), told('this')];
  const parts = [once && `once ${once}`, before && `before ${before}`, now && (before || once ? `now ${now}` : now)];
  return parts.filter(Boolean).join('; ');
}

/** What units make of numbers: percent, kB, sectors, pages, ticks, and the thousandths of SI. */
const factors = new Set([10, 100, 1000, 1_000_000, 1_000_000_000, 512, 512_000, 1024, 4096, 1_048_576]);

/**
 * With what units make of it; null where it is anything else, because then the value is computed in another way.
 * @param ofCpus it may be one part of as many as there are CPUs
 */
function withFactor(told: string, found: number, value: number, ofCpus = false): string | null {
  if (isSame(found, value)) return told;
  const [times, parts] = [Math.round(value / found), Math.round(found / value)];
  if (factors.has(times) && isSame(found * times, value)) return `${told} × ${times}`;
  const isPart = factors.has(parts) || (ofCpus && parts > 1 && parts <= 1024);
  return isPart && isSame(found / parts, value) ? `${told} ÷ ${parts}` : null;
}

/** But for what a number of 64 bits loses on the way, and readings that are kept to three digits behind the point. */
function isSame(found: number, value: number): boolean {
  return (
    Math.abs(found - value) <= Math.max(1e-9, Math.abs(value) * 1e-9) ||
    (Math.abs(value) >= 1 && found.toFixed(3) === value.toFixed(3))
  );
}

function sum(terms: readonly number[]): number {
  return terms.reduce((all, term) => all + term, 0);
}

function digits(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(12)));
}
