import type { ScriptCommand } from './collector.ts';

/** A script command of one fixed line, whatever the round. */
export function fixedScript(id: string, maxBytes: number, line: string): ScriptCommand {
  return {
    id,
    type: 'script',
    when: 'always',
    maxBytes,
    line: () => line,
    match: (text) => (text === line ? '' : null),
  };
}
