import { noOptions } from './options.ts';
import { type PassFindings, passBudget, readConfig } from './read-config.ts';
import type { ConfigQuery } from './resolve.ts';
import type { ConfigWorld } from './world.ts';

/**
 * The hosts that `Host` lines name, patterns left out, in the order in which they stand, each once. Throws the same
 * faults as `resolveConfig`; no command is run for it.
 */
export async function hostNames(files: ConfigQuery['files'], world: ConfigWorld): Promise<string[]> {
  const names = new Set<string>();
  const onHost = (patterns: readonly string[]): void => {
    for (const pattern of patterns) if (!/[*?!]/.test(pattern)) names.add(pattern);
  };
  const found: PassFindings = { wantsFinalPass: false, unrunExecs: new Set(), budget: passBudget, onHost };
  const options = noOptions();
  for (const file of files) {
    await readConfig(file, {
      options,
      world: { ...world, runExec: null },
      host: '',
      original: '',
      isFinal: false,
      found,
    });
  }
  return [...names];
}
