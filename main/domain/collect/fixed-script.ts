import type { ScriptCommand } from './collector.ts';

/** A script command of one fixed line, whatever the round. `before`: the line that dumps of earlier versions have. */
export function fixedScript(id: string, maxBytes: number, line: string, before?: string): ScriptCommand {
  return {
    id,
    type: 'script',
    when: 'always',
    maxBytes,
    line: () => line,
    match: (text) => (text === line || text === before ? '' : null),
  };
}
