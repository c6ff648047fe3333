import { visible, visibleJson } from '../../../domain/present/words.ts';
import { checkKnownHosts } from '../../../services/console.ts';
import { dataFolder } from '../../data-folder.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';

/** What known_hosts files say about a key of a host: one line, the verdict first, with tabs between its fields. */
export const knownHosts: Command = async ({ arguments: parsed, print, fail }) => {
  const { host, keyType, key } = parseOperands(parsed.operands);
  const files = parsed.files.length > 0 ? parsed.files : null;
  const question = { ...parseHost(host), keyType, key, files, dataFolder: dataFolder(parsed.dataFolder) };
  const { broken, ...answer } = await checkKnownHosts(question);
  const { verdict, file, line, known, offered, reason } = answer;
  const fields: string[] = [verdict];
  if (file !== null) fields.push(`${visible(file)}:${line}`);
  if (verdict === 'changed') fields.push(`${known}`, offered);
  print(`${parsed.json ? visibleJson(answer) : fields.join('\t')}\n`);
  if (reason !== null) process.stderr.write(`The certificate does not vouch for ${visible(host, 300)}: ${reason}.\n`);
  for (const { file: at, line: number, problem } of broken) {
    process.stderr.write(`${visible(at)} line ${number} ${problem}.\n`);
  }
  if (verdict !== 'known' && verdict !== 'ca') fail();
};

/** `check HOST KEY`, the key in one word or, as it stands in a file, in two and a comment. */
function parseOperands(operands: readonly string[]): { host: string; keyType: string; key: string } {
  const [verb, host, ...words] = operands;
  const [keyType, key] = words.join(' ').trim().split(/\s+/);
  if (verb === 'check' && host && keyType && key) return { host, keyType, key };
  throw new UsageError('known-hosts takes check HOST[:PORT] "KEYTYPE BASE64".');
}

/** `host`, `host:port`, `[::1]:port`, `::1`. */
export function parseHost(text: string): { address: string; port: number | null } {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  const plain = /^([^:]+):(\d{1,5})$/.exec(text);
  const [, address = text, digits] = bracketed ?? plain ?? [];
  if (digits === undefined) return { address, port: null };
  const port = Number(digits);
  if (port < 1 || port > 65_535) throw new UsageError(`"${text}" has no port that exists.`);
  return { address, port };
}
