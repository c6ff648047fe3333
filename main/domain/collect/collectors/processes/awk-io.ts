/** Lines of `/proc/PID/io`; what was truncated before it was written is nearly always zero, and then left out. */
export const ioPattern = '^((read|write)_bytes:|cancelled_write_bytes: [1-9])';

/**
 * Reads `/proc/PID/io` of the processes that ran since the round before, and of those that are printed: whose `stat` is
 * the same text has had nothing read or written that would be worth a place. Each reading keeps its own time.
 *
 * The file may be opened and then refuse to be read (root without `CAP_SYS_PTRACE`, as in most containers, and a
 * program of one's own with more capabilities). mawk ends on that, so there, and after an awk was lost, one `grep`
 * reads them all.
 */
export const processesIoAwk = `
function processes_keep_io(p, line) {
  processes_io_new[p] = processes_io_new[p] "/proc/" p "/io:" line "\\n"
  if (line ~ /^c/) return
  sub(/^[^ ]* /, "", line)
  processes_io_sum[p] += line
}
function processes_may_refuse(   line, root, traces) {
  if (nul_safe) return 0
  while ((getline line < "/proc/self/status") > 0) {
    if (line ~ /^Uid:\\t[0-9]+\\t0\\t/) root = 1
    if (line ~ /^CapEff:/ && substr(line, length(line) - 4, 1) ~ /[89a-f]/) traces = 1
  }
  close("/proc/self/status")
  return lives > 0 || root && !traces
}
function processes_read_io(list, n,   i, p, file, line, files) {
  if (processes_io_forks == "") processes_io_forks = processes_may_refuse()
  split("", processes_io_new); split("", processes_io_sum)
  for (i = 1; i <= n; i++) {
    p = list[i]
    file = "/proc/" p "/io"
    if (processes_io_forks) {
      files = files " " file
      if (i < n && length(files) < 60000) continue
      processes_fork_io(files)
      files = ""
    } else {
      while ((getline line < file) > 0) if (line ~ /${ioPattern}/) processes_keep_io(p, line)
      close(file)
    }
  }
}
function processes_fork_io(files,   command, line, at) {
  command = "exec grep -E '${ioPattern}'" files " /dev/null 2>/dev/null"
  while ((command | getline line) > 0) {
    at = index(line, ":")
    processes_keep_io(substr(line, 7, at - 10), substr(line, at + 1))
  }
  close(command)
}
function processes_tell_io(shown, k, arguments, entrants, n, read, m, now,   i, p, at, body, refused, earlier) {
  for (i = 1; i <= k; i++) {
    if (!(shown[i] in processes_io_new)) refused = 1
    else body = body processes_io_new[shown[i]]
  }
  record("processes.io", arguments, body, refused ? 2 : 0, "-")
  for (i = 1; i <= n; i++) {
    p = entrants[i]
    if (p in processes_io && p in processes_io_new) earlier[processes_io_at[p]] = earlier[processes_io_at[p]] processes_io[p]
  }
  for (at in earlier) record("processes.io.earlier", "", at earlier[at], 0, "-")
  for (i = 1; i <= m; i++) {
    p = read[i]
    if (!(p in processes_io_sum)) continue
    processes_io[p] = processes_io_new[p]
    processes_io_at[p] = now
    processes_bytes[p] = processes_io_sum[p]
  }
}`;
