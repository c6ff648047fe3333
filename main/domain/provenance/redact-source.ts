import type { Provenance, SourceRecord } from '../../contract/provenance.ts';
import type { Learner, Redactor } from '../redact/redactor.ts';

/** Tells what an answer names, so that it is known before anything is replaced. */
export function learnSource({ value, worked, reason, records }: Provenance, learner: Learner): void {
  for (const { command, stderr, bytes } of records) {
    learner.learnOutput(command, bytesOf(bytes));
    for (const text of [bytes, stderr]) learner.learn(bytesOf(text));
    learner.learn(encoder.encode(command));
  }
  for (const text of [value, worked, reason]) if (typeof text === 'string') learner.learn(encoder.encode(text));
}

/** The same answer with pseudonyms; each is as long as what it stands for, so the marks stay where they are. */
export function redactSource(told: Provenance, redactor: Redactor): Provenance {
  const text = (of: string) => decoder.decode(redactor.redact(encoder.encode(of), 'whole'));
  const orNull = (of: string | null) => (of === null ? null : text(of));
  const output = (of: string, isCut: boolean) => textOf(redactor.redact(bytesOf(of), isCut ? 'cut' : 'whole'));
  return {
    ...told,
    reason: orNull(told.reason),
    remedy: orNull(told.remedy),
    worked: orNull(told.worked),
    value: typeof told.value === 'string' ? text(told.value) : told.value,
    records: told.records.map(
      (record): SourceRecord => ({
        ...record,
        command: text(record.command),
        error: orNull(record.error),
        bytes: output(record.bytes, record.truncated || record.offset + record.bytes.length < record.size),
        stderr: output(record.stderr, true),
      }),
    ),
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Of a text in which each character is one byte. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
