import { readingSchema } from '../../../contract/reading-schema.ts';
import { visibleJson } from '../../../domain/present/words.ts';
import { describeCollectors } from '../../../services/console.ts';
import { noOperands } from '../arguments.ts';
import type { Command } from '../command.ts';

/** What is collected, and the command lines that bring it. */
export const collectors: Command = async ({ arguments: { operands, json }, print }) => {
  noOperands(operands);
  for (const collector of describeCollectors()) {
    if (json) {
      print(`${visibleJson({ ...collector, data: readingSchema(collector.id) })}\n`);
    } else {
      print(`${collector.id} (${collector.kind}): ${collector.about}\n`);
      for (const { line, when, sudo } of collector.commands) {
        print(`    ${line}${when === 'first' ? '   (once a session)' : ''}\n`);
        if (sudo !== null) print(`      as root, or by sudo: ${sudo.join(', ')}\n`);
      }
    }
  }
};
