/** A command line that cannot be understood: printed with the way to the help, exit 2. */
export class UsageError extends Error {}

export const usage = `rackside: see what your machines are doing, over SSH, with nothing installed on them

  rackside hosts [--json]                        the hosts that Rackside knows, and those of ~/.ssh/config
  rackside hosts import FILE [--format FORMAT] [--on-duplicate skip|update|add] [--dry-run] [--json]
                                                 adds the hosts of known_hosts, an Ansible inventory or a CSV table
  rackside connect HOST [--explain] [--json]     connects once and says how that went; --explain: step by step
  rackside collect HOST [--kind KIND] [--json]   one sample, then the end; KIND is fast (as it is) or medium
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
                                                 takes a dump of a host, both of its files, with their checksums
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

Exit code: 0 done (run: exit 0 on every host), 1 it failed (one sentence on standard error), 2 the command line was not understood.
health: 0 nothing is wrong, 3 something is worth a look, 4 something is bad, 1 a host could not be asked; 4 goes before 1,
and 1 before 3.
parse: 0 when it is read or absent, 1 when it cannot be read.
dump record: 0 when it ended in its time or by Ctrl+C, 1 when it could not begin or the disk failed.
dump search: 0 when something was found, 1 when not. dump diff: 0 when they are alike, 1 when not.
dump slice, dump report: 0 when it is written whole, 1 when nothing is: OUT was there, the disk is full, Ctrl+C.
known-hosts check: 0 for known and ca, 1 for the others.
`;
