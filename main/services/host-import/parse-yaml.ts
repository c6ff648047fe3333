import { Lexer, parseDocument } from 'yaml';
import { FaultError } from '../../contract/faults.ts';

/** Brackets in one another, and lists that begin on one line; inventories have a handful. */
const deepest = 100;

/**
 * Whether it is nested deeper than anything that is read here. The parser takes seconds to find that out of a file of
 * brackets only, in which nothing else is done; its lexer stops at the hundredth.
 */
function isDeep(text: string): boolean {
  let [open, begun, isScalar] = [0, 0, false];
  for (const lexeme of new Lexer().lex(text)) {
    // What follows this mark is a scalar, and may look like anything.
    if (isScalar) isScalar = false;
    else if (lexeme === '\x1f') isScalar = true;
    else if (lexeme === '[' || lexeme === '{') open++;
    else if (lexeme === ']' || lexeme === '}') open--;
    else if (lexeme === '-' || lexeme === '?') begun++;
    else if (lexeme.includes('\n')) begun = 0;
    if (open > deepest || begun > deepest) return true;
  }
  return false;
}

/** Faults are of the step `import`. */
export function parseYaml(text: string): unknown {
  if (isDeep(text)) throw notYaml('it is nested too deeply');
  try {
    // Tags of Ansible (!vault) are unknown here, and nothing that this reads has one.
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    const [first] = document.errors;
    if (first !== undefined) throw first;
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw notYaml((error as Error).message);
  }
}

function notYaml(why: string): FaultError {
  const [sentence = ''] = why.split('\n', 1);
  return new FaultError('bad_input', 'import', `This is no YAML: ${sentence.replace(/[:.]?$/, '.')}`);
}
