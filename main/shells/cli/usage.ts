/** A command line that cannot be understood: printed with the way to the help, exit 2. */
export class UsageError extends Error {}

export const usage = `rackside: see what your machines are doing, over SSH, with nothing installed on them

  rackside hosts [--json]                        the hosts that Rackside knows, and those of ~/.ssh/config
  rackside hosts import FILE [--format FORMAT] [--on-duplicate skip|update|add] [--dry-run] [--json]
                                                 adds the hosts of known_hosts, an Ansible inventory or a CSV table
  rackside connect HOST [--explain] [--json]     connects once and says how that went; --explain: step by step
  rackside collect HOST [--kind KIND] [--json]   one sample, then the end; KIND is fast (unless said), medium, slow or daily
  rackside watch HOST [--json]                   a line every two seconds, until Ctrl+C
  rackside health HOST|--all [--json]            what is wrong with a host, or with every one that Rackside knows, worst
                                                 first
  rackside run SELECTION [--sudo] [--json] -- CMD…
                                                 runs a command on many hosts; equal output is told once
  rackside pull HOST:PATH [LOCAL] [--resume]     takes a file of a host to this machine, and compares checksums
  rackside replay DUMP [--json]                  the samples of a dump, parsed again from its raw commands
  rackside dump index PATH [--json]              reads a dump through: what is in it, what is damaged, what that cost
  rackside dump list PATH [FILTER] [-n N] [--json]
                                                 its commands, one a line
  rackside dump show PATH N [--head] [--json]    what command N printed, byte for byte
  rackside dump search PATH PATTERN [--regex] [-i] [-c] [FILTER] [-n N] [--json]
                                                 where a text stands in it; -c counts only
  rackside dump stats PATH [FILTER] [--json]     per command: runs, failures, durations, sizes
  rackside dump diff A:N B:M [--json]            two runs, line by line; A and B may be one dump
  rackside dump pull HOST:PATH [LOCAL] [--resume] [--json]
                                                 takes a dump of a host, all its parts, and compares checksums
  rackside dump record HOST [--minutes N] [--directory DIR] [--json]
                                                 records what a host says for N minutes (10), into a new dump; Ctrl+C ends
                                                 it early, and what was recorded stays
  rackside dump slice PATH --to OUT [FILTER] [--redact] [--word W]... [--json]
                                                 a part of it as a dump: a directory, or OUT.tar.gz, OUT.zip;
                                                 --redact: with pseudonyms for names, addresses and secrets, and for
                                                 the words W; with --preview instead of --to: what these would be
  rackside dump report PATH [--at TIME] --to FILE.html [--redact] [--word W]... [--json]
                                                 one moment of it as a page, for people without Rackside
  rackside collectors [--json]                   what is collected, by which commands, with which privilege; --json: with
                                                 the schema of what comes of it
  rackside parse --collector ID [--os linux] FILE [--previous FILE --elapsed S] [--json]
  rackside parse --collector ID --record 'CMD'=FILE... [--previous 'CMD'=FILE... --elapsed S] [--json]
                                                 what a collector makes of outputs that were kept: of one, of several, or
                                                 of two rounds with the host's seconds in between
  rackside settings [--json]                     every setting, and where its value comes from
  rackside settings set KEY VALUE                changes one; the value default gives it back
  rackside ssh-config [-F FILE] [-p PORT] [-l USER] [--match-exec] HOST
                                                 what Rackside understands of the ssh configuration, as ssh -G prints it
  rackside known-hosts check HOST[:PORT] "KEYTYPE BASE64" [-f FILE]... [--json]
                                                 what known_hosts files say of a key that a host shows: known, ca,
                                                 unknown, changed or revoked, then FILE:LINE, then for changed the
                                                 fingerprints of the known and the shown key, with tabs between

HOST is the name or id of a host that Rackside knows, local, or what ssh would take: [user@]address[:port].

FILTER is any of --from TIME --until TIME --command TEXT --mark MARK --exit N --min-ms N --min-size N --max-size N
--round KIND --noted; TIME is 2026-04-22T20:13:19Z, MARK one of failed, not-run, timed-out, truncated, torn, lying,
suspect, and may be given several times.

SELECTION is any of --hosts A,B  --group G  --tag T  --all. CMD is one word for a shell, or words that are taken as
they are. Ctrl+C ends it on every host.

  --data-folder DIR   where Rackside keeps its hosts and history (or RACKSIDE_DATA)
  --identity FILE     a private key to try; may be given several times
  --timeout SECONDS   give up collecting, or a command on a host, after so long (60)
  --help, --version

Exit code: 0 done, 1 it failed (one sentence on standard error), 2 the command line was not understood. Commands with their own:
  run                   0 exit 0 on every host
  health                0 nothing is wrong, 3 something is worth a look, 4 something is bad, 1 a host could not be asked;
                        4 goes before 1, and 1 before 3
  parse                 0 it is read or absent, 1 it cannot be read
  dump record           0 it ended in its time or by Ctrl+C, 1 it could not begin or the disk failed
  dump search           0 something was found, 1 nothing was
  dump diff             0 they are alike, 1 they are not
  dump slice            0 it is written whole, 1 nothing is: OUT was there, the disk is full, Ctrl+C
  dump report           0 it is written whole, 1 nothing is: FILE was there, the disk is full, Ctrl+C
  known-hosts check     0 known or ca, 1 anything else
`;

/**
 * The part of it that one command is told by, with what its words stand for; all of it for a command that is not there.
 * @param words the command, and what stands behind it: `dump list`
 */
export function usageOf(words: readonly string[]): string {
  const [, commands = '', ...rest] = usage.trimEnd().split('\n\n');
  const entries = commands.split(/\n(?= {2}rackside )/);
  const named = [words.slice(0, 2).join(' '), words[0] ?? ''].find((name) =>
    entries.some((entry) => isOf(entry, name)),
  );
  if (named === undefined) return usage;
  const own = entries.filter((entry) => isOf(entry, named));
  const told = rest.map((paragraph) => {
    const [head = '', ...lines] = paragraph.split(/\n(?= {2}\S)/);
    if (head.startsWith('Exit code')) {
      const codes = lines.filter((line) => `${line.trim()} `.startsWith(`${named} `));
      return [head.replace(/ Commands .*/, codes.length === 0 ? '' : ' Its own:'), ...codes].join('\n');
    }
    const placeholder = /^[A-Z]+(?= is )/.exec(head)?.[0];
    return placeholder === undefined || own.some((entry) => entry.includes(placeholder)) ? paragraph : null;
  });
  return `${[own.join('\n'), ...told.filter((paragraph) => paragraph !== null)].join('\n\n')}\n`;
}

function isOf(entry: string, name: string): boolean {
  return entry.startsWith(`  rackside ${name} `);
}
