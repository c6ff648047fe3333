import { kinds } from '../../../contract/kinds.ts';
import type { Kind } from '../../../contract/samples.ts';
import type { Collector, Command, FilesCommand, ReadCommand, RunCommand } from '../collector.ts';
import { maxErrorBytes, maxReadBytes } from './limits.ts';

/**
 * The awk half of the program: it reads `/proc` without a fork, and is the only writer to standard output.
 *
 * A collector's own awk may use:
 * - `pids`: the numbers under `/proc`, parted by spaces; `first`: true when earlier rounds are to be forgotten;
 * - `record(id, argument, body, code, flags)`: one finished record of that script command (flags: `-`, or `t` when
 *   the body was cut);
 * - `out`, `head_of(id, argument)`, `tail_of(code, ms, flags)`, `send()`: the pieces of a record, for what a forked
 *   command has to print because awk cannot carry it; `folder`: where it may keep files, or `-`;
 * - `shell`: the number of the process that starts what is forked;
 * - `lives`: how many awks of this session ended before it, on a file that was opened and then refused to be read;
 * - `nul_safe`: whether this awk keeps NUL bytes; `slurp(path)`: a whole file.
 * Its functions and variables begin with its own name.
 */
export function awkProgram(collectors: readonly Collector[], careful: boolean): string {
  const reads = collectors.flatMap((collector) => collector.commands.filter((command) => command.type === 'read'));
  const sources = collectors.flatMap((collector) => (collector.awk === null ? [] : [collector.awk.source.trim()]));
  return [
    core,
    ...reads.map(readFunction),
    ...sources,
    `function collect() {\n${kinds.map((kind) => roundBranch(kind, collectors, careful)).join('')}}`,
    main,
  ].join('\n');
}

const core = `# Rackside: reads /proc when a console asks, and ends with it
function head_of(id, argument) {
  return boundary " record " seq " " kind " " id (argument == "" ? "" : " " argument) "\\n"
}
function tail_of(code, ms, flags) {
  return boundary " end " code " " ms " " flags "\\n"
}
function record(id, argument, body, code, flags) {
  out = out head_of(id, argument) body "\\n" tail_of(code, 0, flags)
}
function send() {
  print out
  fflush()
  out = ""
}
function reading(id) {
  out = out boundary " reading " seq " " id "\\n"
  send()
}
function slurp(path,   line, body) {
  while ((getline line < path) > 0) body = body line "\\n"
  close(path)
  return body
}
function uptime(   line) {
  line = slurp("/proc/uptime")
  return line + 0
}
function begin(   body) {
  body = slurp("/proc/uptime")
  record("round.begin", "", body slurp("/proc/sys/kernel/random/boot_id"), body == "" ? 1 : 0, "-")
}
function finish(   body) {
  body = slurp("/proc/uptime")
  record("round.end", "", body, body == "" ? 1 : 0, "-")
  out = out boundary " done " seq " " kind "\\n"
  delete kind_of[seq]
  delete pending[seq]
}
function tell_files(id,   body) {
  body = told_files[id]
  delete told_files[id]
  gsub(/\\t/, "\\n", body)
  if (first || body != "") record(id, "", body, body == "" ? 2 : 0, "-")
}
function expect(id, most) {
  pending[seq]++
  started[seq ":" id] = uptime()
  most_of[id] = most
  out = out boundary " run " seq " " id "\\n"
}
function report(run, code, flags, reason,   id, path, line) {
  if (!(run in started)) return
  seq = run
  sub(/:.*/, "", seq)
  kind = kind_of[seq]
  id = substr(run, length(seq) + 2)
  out = out head_of(id, "")
  if (reason == "") {
    path = folder "/" id
    tell_file(path ".o", most_of[id])
    if ((getline line < (path ".e")) > 0) {
      out = "\\n" boundary " err\\n"
      tell_file(path ".e", ${maxErrorBytes})
    }
    close(path ".e")
  }
  out = out "\\n" tail_of(code, int((uptime() - started[run]) * 1000 + 0.5), flags (reason == "" ? "" : " " reason))
  delete started[run]
  if (--pending[seq] == 0) finish()
  send()
}
function tell_file(path, most) {
  send()
  system("exec head -c " (most + 1) " " path)
}`;

const main = `BEGIN {
  ORS = ""
  getline line < "/proc/self/cmdline"
  close("/proc/self/cmdline")
  nul_safe = line ~ /Rackside/
  while ((getline message) > 0) {
    what = substr(message, 1, 1)
    if (what == "r") { refused = substr(message, 2) " "; continue }
    if (what == "w") {
      run = substr(message, 3, index(message, "\\t") - 3)
      told_files[run] = told_files[run] substr(message, length(run) + 4) "\\t"
      continue
    }
    if (what == "c") { split(message, word, " "); seq = word[2]; reading(word[3]); continue }
    if (what == "p") { pids = pids substr(message, 2); continue }
    split(message, word, " ")
    run = word[2]
    if (what == "t") {
      seq = word[2]; kind = word[3]; first = word[4] + 0; boundary = word[5]; folder = word[6]; shell = word[7]
      kind_of[seq] = kind
      pending[seq] = 0
      begin()
      collect()
      if (pending[seq] == 0) finish()
      send()
      pids = ""
    }
    else if (what == "f") report(run, word[3], "-", "")
    else if (what == "k") report(run, "none", "d", "")
    else if (what == "n") report(run, "none", "-", substr(message, length(run) + 4))
    else if (what == "b") {
      boundary = word[2]; name = word[3]
      out = "\\n" boundary " ready " ("version" in PROCINFO ? "gawk" : name) "\\n"
      send()
    }
    else if (what == "q") exit 0
  }
}`;

function functionName(command: Command): string {
  return `read_${command.id.replaceAll('.', '_')}`;
}

/** Keeps the exit that the pasted line would have: grep says 1 for no line and 2 for no file, cat says 1. */
function readFunction(command: ReadCommand): string {
  const path = awkString(command.path);
  const condition = command.keep === null ? '' : `if (line ~ /${command.keep.replaceAll('/', '\\/')}/) `;
  const exit = command.keep === null ? 'r < 0 ? 1 : 0' : 'r < 0 ? 2 : body == "" ? 1 : 0';
  return `function ${functionName(command)}(   line, body, r, flags) {
  flags = "-"
  ${guard(command)}while ((r = (getline line < ${path})) > 0) {
    ${condition}body = body line "\\n"
    if (length(body) > ${maxReadBytes}) { flags = "t"; break }
  }
  close(${path})
  record(${awkString(command.id)}, "", body, ${exit}, flags)
}`;
}

/** What the shell could not read is not read here either, as if it were not there. */
function guard(command: ReadCommand): string {
  return command.mayRefuse ? `if (index(refused, ${awkString(` ${command.id} `)})) r = -1\n  else ` : '';
}

function roundBranch(kind: Kind, collectors: readonly Collector[], careful: boolean): string {
  const statements = collectors
    .filter((collector) => collector.kind === kind)
    .flatMap((collector) => [
      ...collector.commands.filter((command) => command.type !== 'script').map((one) => statement(one, careful)),
      ...(collector.awk === null ? [] : [told(collector.id, `${collector.awk.call}()`, careful)]),
    ]);
  if (statements.length === 0) return '';
  if (careful) statements.push('reading("-")');
  return `  if (kind == "${kind}") {\n${statements.map((text) => `    ${text}\n`).join('')}  }\n`;
}

function statement(command: ReadCommand | FilesCommand | RunCommand, careful: boolean): string {
  const call = callOf(command, careful);
  return command.when === 'first' ? `if (first) { ${call} }` : call;
}

function callOf(command: ReadCommand | FilesCommand | RunCommand, careful: boolean): string {
  const id = awkString(command.id);
  if (command.type === 'run') return `expect(${id}, ${command.maxBytes})`;
  return command.type === 'files' ? `tell_files(${id})` : told(command.id, `${functionName(command)}()`, careful);
}

/** When careful, what is read next is said first, so that a file that never answers has a name. */
function told(id: string, call: string, careful: boolean): string {
  return careful ? `reading(${awkString(id)}); ${call}` : call;
}

function awkString(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
