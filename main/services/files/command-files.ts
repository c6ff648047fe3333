import { FaultError } from '../../contract/faults.ts';
import type { FileStat, HostFiles } from '../../domain/collect/host-files.ts';
import type { RunResult, Transport } from '../../domain/collect/transport.ts';
import { pathWord } from '../../domain/policy/shell-quote.ts';
import { hostWords } from '../../domain/present/host-words.ts';

const answerMs = 20_000;
const decoder = new TextDecoder();

/**
 * Files of a host that has no sftp, by `stat`, `tail` and `head`. A directory cannot be listed so: names may hold anything.
 * An answer that is late ends its own channel, and not the connection that the collectors use too.
 */
export function commandFiles(transport: Transport, signal: AbortSignal, deadlineMs = answerMs): HostFiles {
  async function within(path: string, line: string, maxBytes: number): Promise<RunResult> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), deadlineMs);
    try {
      // The transport's own deadline would take the connection with it: it stands behind ours.
      const limits = { deadlineMs: deadlineMs + answerMs, maxBytes, signal: AbortSignal.any([signal, late.signal]) };
      return await transport.run(`LC_ALL=C; export LC_ALL; ${line}`, limits);
    } catch (error) {
      if (!late.signal.aborted || signal.aborted) throw error;
      const message = `The host did not answer for ${hostWords(path)} within ${deadlineMs / 1000} s: it is busy, or the link is slow.`;
      throw new FaultError('timeout', 'files', message, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(path: string, line: string, maxBytes: number): Promise<RunResult> {
    if (path.includes('\0')) throw new FaultError('bad_input', 'files', 'A path cannot hold a NUL.');
    const result = await within(path, line, maxBytes);
    const said = decoder.decode(result.stderr);
    if (result.exit === 0) return result;
    if (said.includes('No such file'))
      throw new FaultError('not_found', 'files', `There is no ${hostWords(path)} there.`);
    if (said.includes('Permission denied')) {
      throw new FaultError('not_permitted', 'files', `This user may not read ${hostWords(path)} there.`);
    }
    const how = said === '' ? `exit ${result.exit}` : hostWords(said);
    throw new FaultError('bad_output', 'files', `${hostWords(path)} cannot be read: ${how}.`);
  }

  async function stat(path: string): Promise<FileStat> {
    const { stdout } = await run(path, `stat -L -c '%f %s %Y' -- ${pathWord(path)}`, 200);
    const found = /^([0-9a-f]{1,8}) (\d{1,15}) (\d{1,12})\n$/.exec(decoder.decode(stdout));
    if (found === null) throw new FaultError('bad_output', 'files', 'The host’s stat does not answer as it should.');
    const kind = Number.parseInt(found[1] as string, 16) & 0o170000;
    const type = kind === 0o100000 ? 'file' : kind === 0o040000 ? 'directory' : 'other';
    return { type, size: Number(found[2]), modifiedAt: Number(found[3]) * 1000 };
  }

  return {
    by: 'commands',
    // Each window is a channel and three processes, and hosts allow few channels; both come in time at 26 kB/s.
    window: { bytes: 256 << 10, ahead: 2 },
    stat,
    list: () => {
      const message = 'This host has no sftp (Subsystem sftp in its sshd_config), so its directories cannot be listed.';
      return Promise.reject(new FaultError('not_found', 'files', message));
    },
    async open(path) {
      const word = pathWord(path);
      return {
        stat: await stat(path),
        async read(offset, length) {
          const window = `{ tail -c +${offset + 1} -- ${word} || exit 1; } | head -c ${length}`;
          const { stdout } = await run(path, `[ -r ${word} ] || cat -- ${word}; ${window}`, length);
          return stdout;
        },
        close: () => {},
      };
    },
    close: () => {},
  };
}
