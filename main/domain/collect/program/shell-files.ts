import { kinds } from '../../../contract/kinds.ts';
import type { Kind } from '../../../contract/samples.ts';
import type { Collector, FilesCommand } from '../collector.ts';
import { shellQuote } from '../command-line.ts';
import { maxFileLine, maxFiles } from './limits.ts';

/**
 * The part of the shell half that has to do with files which may refuse to be read: mawk ends on that, a shell does
 * not. `round` goes before the line that asks awk for a round, and sees its arguments: seq, kind, first.
 */
export function shellFiles(collectors: readonly Collector[], careful: boolean): { round: string; functions: string } {
  const commands = collectors.flatMap((collector) =>
    collector.commands.filter((command) => command.type === 'files').map((command) => ({ collector, command })),
  );
  const reads = (kind: Kind) =>
    commands.flatMap(({ collector, command }, index) =>
      collector.kind === kind ? [`${careful ? `echo "c $1 ${command.id}"; ` : ''}files_${index} "$3" || return 1`] : [],
    );
  return {
    round: `  case "$2 $3" in
${branches((kind) => triesOf(collectors, kind), ' 1')}  esac
  [ -z "$refused" ] || echo "r$refused" || return 1
  case $2 in
${branches(reads)}  esac
`,
    functions: `${shared}${commands.map(({ command }, index) => filesFunction(command, index)).join('')}`,
  };
}

const shared = `refused=
try_read() {
  IFS= read -r line <"$2" && return
  case "$refused " in *" $1 "*) ;; *) refused="$refused $1" ;; esac
}
# Those that there are, without the folder; a pattern that finds nothing stays as it is.
list_files() {
  found= times=0 below=$1
  shift
  for file do
    [ -e "$file" ] && [ $times -lt ${maxFiles} ] || continue
    found="$found \${file#"$below"/}" times=$((times + 1))
  done
}
# A line to awk is shorter than what a pipe takes at once.
read_files() {
  id=$1 below=$2 list=
  shift 2
  for file do
    line=
    IFS= read -r line <"$below/$file" && [ \${#line} -le ${maxFileLine} ] || continue
    list="$list\t$file:$line"
    [ \${#list} -lt 3500 ] || { printf '%s\\n' "w $id$list" || return 1; list=; }
  done
  [ -z "$list" ] || printf '%s\\n' "w $id$list"
}
`;

function branches(callsOf: (kind: Kind) => readonly string[], more = ''): string {
  return kinds
    .map((kind) => ({ kind, calls: callsOf(kind) }))
    .filter(({ calls }) => calls.length > 0)
    .map(({ kind, calls }) => `  '${kind}${more}')\n${calls.map((call) => `    ${call}\n`).join('')}    ;;\n`)
    .join('');
}

function triesOf(collectors: readonly Collector[], kind: Kind): string[] {
  return collectors
    .filter((collector) => collector.kind === kind)
    .flatMap((collector) =>
      collector.commands.flatMap((command) =>
        command.type === 'read' && command.mayRefuse ? [`try_read ${command.id} ${shellQuote(command.path)}`] : [],
      ),
    );
}

function filesFunction({ id, directory, patterns }: FilesCommand, index: number): string {
  return `files_${index}() {
  if [ "$1" = 1 ]; then
    set +f; set -- ${patterns.map((pattern) => `${directory}/${pattern}`).join(' ')}; set -f
    list_files ${directory} "$@"
    listed_${index}=$found
  fi
  read_files ${id} ${directory} $listed_${index}
}
`;
}
