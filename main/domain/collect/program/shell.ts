import { kinds } from '../../../contract/kinds.ts';
import type { Collector, RunCommand } from '../collector.ts';
import { shellQuote } from '../command-line.ts';
import { mostBlocks } from './limits.ts';
import { shellFiles } from './shell-files.ts';

/**
 * The shell half of the program: it reads ticks, lists `/proc`, starts forked commands and ends them.
 *
 * Everything is one function that is called on the last line, so no shell can read a tick ahead as script. It talks
 * to awk in lines shorter than a pipe's atomic write, because its children write to the same pipe.
 */
export function shellProgram(
  collectors: readonly Collector[],
  awkText: string,
  boundary: string,
  careful: boolean,
): string {
  const runs = collectors.flatMap((collector) =>
    collector.commands.filter((command) => command.type === 'run').map((command) => ({ collector, command })),
  );
  const withPids = kinds.filter((kind) => collectors.some((one) => one.kind === kind && one.awk !== null));
  const starts = kinds.map((kind) => {
    const calls = runs.flatMap(({ collector, command }, index) =>
      collector.kind === kind ? [`    ${startCall(command, index)}\n`] : [],
    );
    return calls.length === 0 ? '' : `  ${kind})\n${calls.join('')}    ;;\n`;
  });
  const files = shellFiles(collectors, careful);
  return `rackside() {
unset IFS
set -f
LC_ALL=C; export LC_ALL
# Where root's tools are, which the PATH of others often leaves out.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH
umask 077
boundary=${boundary}
awk= name=
try='BEGIN { print "ok" }'
for candidate in mawk awk gawk 'busybox awk'; do
  if [ "$($candidate -W interactive "$try" 2>&1 </dev/null)" = ok ]; then
    awk="$candidate -W interactive" name=mawk; break
  elif [ "$($candidate "$try" 2>/dev/null </dev/null)" = ok ]; then
    awk=$candidate name=\${candidate#busybox }; break
  fi
done
if [ -z "$awk" ]; then
  echo; echo "$boundary broken There is no awk on this host."
  return 1
fi
program='${awkText.replaceAll("'", "'\\''")}'

round() {
  case $2 in
${withPids.map((kind) => `  ${kind}) list_processes || return 1 ;;\n`).join('')}  esac
${files.round}  echo "t $1 $2 $3 $boundary $folder $self" || return 1
  case $2 in
${starts.join('')}  esac
  return 0
}
# The only patterns that are ever expanded are written in this program.
find_processes() {
  set +f; set -- [0-9]*; set -f
  processes="$*"
}
list_processes() {
  find_processes
  if [ \${#processes} -lt 4000 ]; then
    echo "p $processes"; return
  fi
  list=
  for process in $processes; do
    list="$list $process"
    [ \${#list} -lt 3900 ] || { echo "p$list" || return 1; list=; }
  done
  echo "p$list"
}
# A name may hold newlines and look like the rest of the line: only what follows the last of all parentheses counts.
facts() {
  stat=
  while IFS= read -r line; do stat="$stat $line"; done <"/proc/$1/stat"
  set -- \${stat##*) }
  [ $# -ge 22 ] || return 1
  state=$1 parent=$2 born=\${20}
  case $state in Z|X) return 1 ;; esac
}
below() {
  all= tree=" $1 " found=1
  find_processes
  for process in $processes; do
    facts "$process" && all="$all $parent:$process"
  done
  while [ $found = 1 ]; do
    found=0
    for pair in $all; do
      case $tree in *" \${pair#*:} "*) continue ;; esac
      case $tree in *" \${pair%:*} "*) tree="$tree\${pair#*:} " found=1 ;; esac
    done
  done
}
# What is stopped cannot fork: only a tree that stays the same when all of it is stopped is known whole.
end_tree() {
  whole= times=0
  while below "$1"; [ "$tree" != "$whole" ] && [ $times -lt 20 ]; do
    whole=$tree times=$((times + 1))
    for process in $tree; do kill -STOP "$process"; done
  done
  marked=
  for process in $tree; do
    facts "$process" && marked="$marked $process:$born"
  done
  for process in $tree; do kill -9 "$process"; done
}
busy() {
  eval "old=\\\${pid_$1-} held=\\\${held_$1-}"
  [ -n "$old" ] || return 1
  facts "$old" && [ "$parent" = "$self" ] && return 0
  for mark in $held; do
    facts "\${mark%:*}" && [ "$born" = "\${mark#*:}" ] && return 0
  done
  wait "$old"
  return 1
}
start() {
  if busy "$1"; then
    echo "n $3:$2 An earlier run of it has not ended."
  elif [ ! -d "$folder" ]; then
    echo "n $3:$2 There is no folder that its output could go to."
  else
    : >"$folder/$2.o"; : >"$folder/$2.e"
    supervise "$@" &
    eval "pid_$1=$! run_$1=$3:$2 held_$1="
  fi
}
# Who one is does not change: lines that ask cost no process.
user=$(id -u)
id() {
  case $* in
  -u) echo "$user" ;;
  *) command id "$@" ;;
  esac
}
# What is not there costs no process.
needs() {
  command -v "$1" >/dev/null && return
  echo "n $3:$2 {:enoent, "$1"}"
  return 1
}
# sudo logs each time that it refuses; some mail it to root.
allowed() {
  [ ! -e "$folder/$1.s" ] && return
  echo "n $2:$1 sudo refused it earlier in this session."
  return 1
}
note_refusal() {
  while read -r line; do
    case $line in
    *'password is required'*|*'ntication is required'*|*'must have a tty'*|*'not allowed to'*|*'not run sudo'*|*sudoers*)
      : >"$folder/$1.s"; return ;;
    esac
  done <"$folder/$1.e"
}
# What floods is ended by the kernel, and not by a process more for each command. What is left behind by an earlier run
# may still write: it appends, and makes no hole.
supervise() {
  trap - PIPE HUP INT TERM
  ulimit -c 0; ulimit -f $4
  ( set +f; command_$1 ) </dev/null >>"$folder/$2.o" 2>>"$folder/$2.e"
  set -- "$2" "$3" $?
  note_refusal "$1"
  echo "f $2:$1 $3"
}
drop() {
  case \${1#*:} in
${runs.map(({ command }, index) => `  ${command.id}) index=${index} ;;\n`).join('')}  *) return ;;
  esac
  eval "current=\\\${run_$index-}"
  [ "$current" = "$1" ] || return
  eval "old=\\$pid_$index"
  marked=
  facts "$old" && [ "$parent" = "$self" ] && end_tree "$old"
  eval "held_$index=\\$marked"
  echo "k $1"
}
# Anybody may make a folder of that name once it is gone: only one's own is removed, where the shell can tell.
remove_folder() {
  [ "$folder" != - ] && [ $owner "$folder" ] && [ ! -h "$folder" ] && rm -rf "$folder"
}
# What programs left behind that were killed. Where their first process is another one than here, their numbers mean
# others too: a container may share the folder and not the processes.
remove_old_folders() {
  set +f; set -- "$base"/rackside.*; set -f
  times=0
  for old do
    [ $times -lt 100 ] || return 0
    times=$((times + 1))
    case \${old##*.} in ''|*[!0-9]*) continue ;; esac
    [ -O "$old" ] && [ ! -h "$old" ] && ! kill -0 "\${old##*.}" || continue
    read -r line <"$old/probe" && [ -n "$line" ] && [ "$line" = "$init" ] && rm -rf "$old"
  done
}
outlives() {
  [ -n "$side" ] && facts "\${side%:*}" && [ "$born" = "\${side#*:}" ]
}
finish() {
  trap '' HUP INT TERM
  for index in${runs.map((_, index) => ` ${index}`).join('')}; do
    eval "old=\\\${pid_$index-}"
    [ -n "$old" ] && facts "$old" && [ "$parent" = "$self" ] && end_tree "$old"
  done
  # Here as well as at the very end: whichever of the two shells outlives the other.
  remove_folder
  side=
  find_processes
  for process in $processes; do
    facts "$process" && [ "$parent" = $$ ] && [ "$process" != "$self" ] && side=$process:$born
  done
  echo q
  times=0
  while outlives && [ $times -lt 300 ]; do times=$((times + 1)); done
  # An awk that waits for a file which never answers does not hear it.
  outlives && ( sleep 2; outlives && end_tree "\${side%:*}" ) </dev/null >/dev/null &
  exit 0
}
folder=- owner=-d
init=
facts 1 2>/dev/null && init=$born
for base in /dev/shm "$XDG_RUNTIME_DIR" /run "$TMPDIR" /tmp; do
  case $base in ''|[!/]*|*[!A-Za-z0-9_./-]*) continue ;; esac
  if mkdir "$base/rackside.$$" && echo "$init" >"$base/rackside.$$/probe"; then
    folder=$base/rackside.$$; break
  fi 2>/dev/null
done
if [ -O "$folder" ]; then
  owner=-O
  remove_old_folders
fi 2>/dev/null
${runs.map(({ command }, index) => `command_${index}() {\n${command.line}\n}\n`).join('')}
${files.functions}{
  read -r self rest </proc/self/stat
  cd /proc || cd /
  trap '' PIPE
  trap finish HUP INT TERM
  echo "b $boundary $name"
  while IFS= read -r wish; do
    set -- $wish
    case $1 in
    tick) round "$2" "$3" "$4" || break ;;
    drop) drop "$2" ;;
    esac
  done
  finish
} 2>/dev/null | {
  times=0
  while $awk -v lives=$times "$program"; code=$?; [ $code = 2 ] && [ $times -lt 5 ]; do
    times=$((times + 1))
    echo; echo "$boundary lost"
  done
  [ $code = 0 ] || { echo; echo "$boundary broken The awk on this host ended with $code."; }
}
[ $owner = -O ] && remove_folder
return 0
}
rackside; exit
`;
}

function startCall(command: RunCommand, index: number): string {
  const needed = command.tool === undefined ? '' : `needs ${shellQuote(command.tool)} ${command.id} "$1" && `;
  const allowed = command.sudo === undefined ? '' : `allowed ${command.id} "$1" && `;
  const call = `${needed}${allowed}start ${index} ${command.id} "$1" ${mostBlocks(command)}`;
  return command.when === 'first' ? `[ "$3" = 1 ] && ${call}` : call;
}
