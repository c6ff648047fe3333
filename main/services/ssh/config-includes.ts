import { glob, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import SSHConfig from 'ssh-config';

const maxFiles = 100;

export function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

/**
 * An ssh configuration with its `Include` lines replaced by what they name, one level deep. ssh goes on in the section
 * where the include stood, so that section is begun again behind it. A file that cannot be read is a problem.
 */
export async function readWithIncludes(
  text: string,
  sshDirectory: string,
): Promise<{ text: string; problems: string[] }> {
  const problems: string[] = [];
  const lines: string[] = [];
  let section = 'Host *';
  for (const line of text.split(/\r?\n/)) {
    const [, keyword = '', value = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    if (/^(host|match)$/i.test(keyword)) section = line.trim();
    if (!/^include$/i.test(keyword)) {
      lines.push(line);
      continue;
    }
    for (const pattern of value.match(/"[^"]*"|\S+/g) ?? []) {
      lines.push(...(await included(pattern.replaceAll('"', ''), sshDirectory, problems)));
    }
    lines.push(section);
  }
  return { text: lines.join('\n'), problems };
}

/** A sentence about what keeps a file from being parsed; null when nothing does. */
export function whatBreaks(text: string, file: string): string | null {
  try {
    // Some of what is wrong shows only when it is applied.
    SSHConfig.parse(text).compute('probe', { ignoreCase: true, matchExec: false });
    return null;
  } catch (error) {
    // The parser runs into half a line as into a fault of its own.
    const reason = error instanceof TypeError ? 'one of its lines is incomplete' : (error as Error).message;
    return `${file} cannot be understood: ${reason}.`;
  }
}

async function included(pattern: string, sshDirectory: string, problems: string[]): Promise<string[]> {
  const expanded = expandHome(pattern);
  const path = isAbsolute(expanded) ? expanded : join(sshDirectory, expanded);
  const files: string[] = [];
  for await (const file of glob(path)) files.push(file);
  files.sort().splice(maxFiles);
  const texts = await Promise.all(
    files.map(async (file) => {
      try {
        const text = (await readFile(file, 'utf8')).replaceAll(/^\s*include\b.*$/gim, '');
        const broken = whatBreaks(text, file);
        if (broken === null) return text;
        problems.push(broken);
      } catch (error) {
        problems.push(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
      }
      return '';
    }),
  );
  return texts;
}
