/** Which stages `npm test -- ARGUMENTS` runs, and with which file filters. */
export interface Selection {
  readonly stages: readonly string[];
  readonly filters: readonly string[];
}

const all = ['prerequisites', 'types', 'lint', 'rooms', 'unit', 'build', 'e2e'] as const;

/**
 * No argument: everything. The name of a stage: that stage with what it stands on. Anything else is a part of a path
 * that filters the tests: of the end-to-end suite when it begins with `e2e/`, else of the unit tests.
 */
export function selectStages(args: readonly string[]): Selection {
  if (args.length === 0) return { stages: all, filters: [] };
  const filters = args.filter((arg) => !isStage(arg));
  const wanted = new Set<string>(args.filter(isStage));
  for (const filter of filters) wanted.add(filter.startsWith('e2e/') ? 'e2e' : 'unit');
  if (wanted.has('e2e')) wanted.add('build');
  if (wanted.has('e2e') || wanted.has('unit')) wanted.add('prerequisites');
  return { stages: all.filter((stage) => wanted.has(stage)), filters };
}

function isStage(arg: string): boolean {
  return (all as readonly string[]).includes(arg);
}
