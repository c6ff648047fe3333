import type { ImportFormat } from '../../../contract/import-formats.ts';

/** The form of a file by its name, else by what it holds; null: it cannot be told. */
export function formatOf(fileName: string | null, text: string): ImportFormat | null {
  const name = fileName?.toLowerCase() ?? '';
  if (/known_hosts/.test(name)) return 'known-hosts';
  if (/\.csv$|\.tsv$/.test(name)) return 'csv';
  if (/\.ya?ml$/.test(name)) return 'ansible-yaml';
  if (/\.ini$|\.cfg$/.test(name)) return 'ansible-ini';
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !/^\s*[#;]/.test(line));
  const [first = ''] = lines;
  if (lines.some((line) => / (?:ssh-|ecdsa-|sk-)\S+ AAAA/.test(line))) return 'known-hosts';
  if (/^---|^\w[\w.-]*:\s*(?:#.*)?$/.test(first)) return 'ansible-yaml';
  if (/^\[[^\]]+\]$/.test(first) || lines.some((line) => /\sansible_\w+=/.test(line))) return 'ansible-ini';
  const isHeader = /(?:^|[,;\t"\s])(?:name|address|host|hostname|ip)(?:$|[,;\t"\s])/i.test(first);
  return isHeader && /[,;\t]/.test(first) ? 'csv' : null;
}
