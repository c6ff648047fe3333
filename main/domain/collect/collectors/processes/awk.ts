import { processesIoAwk } from './awk-io.ts';

/** How many processes are printed by CPU, as many by memory, and as many by what they have disks do. */
export const topCount = 10;

/** The most of a command line that is printed, in bytes. */
export const maxCommandLine = 4096;

/**
 * Selects the processes that are worth printing, and prints what the kernel says of them as it is.
 *
 * Of every process it keeps the line from the round before: one that is still the same text has used no time, and is
 * not taken apart. A name may hold anything, a newline too, so a line is read on until its fields are complete.
 *
 * What a process had disks do is told in a counter of its own, to which the kernel adds that of a child which ended and
 * was waited for; `processes_gained` are those that had one, which get no place for it.
 *
 * Only gawk reads NUL bytes here. For the others one `head` copies all new command lines, with the frames between them
 * in files of the program's own folder: a fork for each would cost more than all the rest.
 */
export const processesAwk = `${processesIoAwk}
function processes(   n, list, i, p, file, line, more, head, f, k, ticks, delta, cpu, memory, disk, cpu_of, memory_of, bytes_of, cpus, memories, disks, chosen, count, body, body_earlier, arguments, entrants, ids, text, u, wanted, wants, asked, sum, news) {
  if (first || !processes_round) {
    split("", processes_line); split("", processes_head); split("", processes_born); split("", processes_ticks)
    split("", processes_rss); split("", processes_seen); split("", processes_shown); split("", processes_user)
    split("", processes_io); split("", processes_io_at); split("", processes_bytes); split("", processes_reaped)
    split("", processes_gained)
    processes_round = 1
    processes_uptime = ""
  }
  processes_round++
  n = split(pids, list, " ")
  text = slurp("/proc/uptime")
  count = 0
  for (i = 1; i <= n; i++) {
    p = list[i]
    file = "/proc/" p "/stat"
    if ((getline line < file) <= 0) { close(file); continue }
    count++
    if (p in processes_line && line == processes_line[p]) {
      processes_earlier[p] = line
      delta = 0
      if (processes_shown[p] == processes_round - 1) { wanted[++wants] = p; asked[p] = 1 }
    } else {
      match(line, /.*\\)/)
      head = RLENGTH
      k = split(substr(line, head + 1), f, " ")
      while (k < 22 && (getline more < file) > 0) {
        line = line "\\n" more
        head = length(line)
        while (head > 0 && substr(line, head, 1) != ")") head--
        k = split(substr(line, head + 1), f, " ")
      }
      if (k < 22) { close(file); continue }
      ticks = f[12] + f[13]
      sum = f[9] + f[11] + f[14] + f[15]
      wanted[++wants] = p
      asked[p] = 1
      if (p in processes_born && processes_born[p] == f[20]) {
        delta = ticks - processes_ticks[p]
        processes_earlier[p] = processes_line[p]
        if (substr(line, 1, head) != processes_head[p]) delete processes_shown[p]
        if (sum != processes_reaped[p]) processes_gained[p] = processes_round
      } else {
        delta = processes_uptime == "" ? 0 : ticks
        processes_earlier[p] = ""
        delete processes_shown[p]; delete processes_io[p]; delete processes_bytes[p]
        if (processes_uptime != "") processes_bytes[p] = 0
      }
      processes_line[p] = line
      processes_head[p] = substr(line, 1, head)
      processes_born[p] = f[20]
      processes_ticks[p] = ticks
      processes_rss[p] = f[22] + 0
      processes_reaped[p] = sum
    }
    close(file)
    processes_seen[p] = processes_round
    if (delta > 0 && (cpus < ${topCount} || delta > cpu[cpus])) cpus = processes_rank(cpu, cpu_of, cpus, delta, p)
    if (memories < ${topCount} || processes_rss[p] > memory[memories]) memories = processes_rank(memory, memory_of, memories, processes_rss[p], p)
  }
  for (p in processes_seen) if (processes_seen[p] != processes_round) {
    delete processes_line[p]; delete processes_head[p]; delete processes_born[p]; delete processes_ticks[p]
    delete processes_rss[p]; delete processes_seen[p]; delete processes_shown[p]; delete processes_earlier[p]
    delete processes_io[p]; delete processes_io_at[p]; delete processes_bytes[p]; delete processes_reaped[p]
    delete processes_gained[p]
  }
  k = 0
  for (i = 1; i <= cpus; i++) { f[++k] = cpu_of[i]; chosen[cpu_of[i]] = 1 }
  for (i = 1; i <= memories; i++) if (!(memory_of[i] in chosen)) { f[++k] = memory_of[i]; chosen[memory_of[i]] = 1 }
  for (i = 1; i <= k; i++) if (!(f[i] in asked)) wanted[++wants] = f[i]
  processes_read_io(wanted, wants)
  for (i = 1; i <= wants; i++) {
    p = wanted[i]
    if (!(p in processes_io_sum) || !(p in processes_bytes) || processes_gained[p] == processes_round) continue
    delta = processes_io_sum[p] - processes_bytes[p]
    if (delta > 0 && (disks < ${topCount} || delta > disk[disks])) disks = processes_rank(disk, bytes_of, disks, delta, p)
  }
  for (i = 1; i <= disks; i++) if (!(bytes_of[i] in chosen)) f[++k] = bytes_of[i]
  body = body_earlier = arguments = ids = news = ""
  entrants = 0
  for (i = 1; i <= k; i++) {
    p = f[i]
    body = body processes_line[p] "\\n"
    arguments = arguments (i == 1 ? "" : " ") p
    if (processes_shown[p] != processes_round - 1) {
      list[++entrants] = p
      if (processes_earlier[p] != "") body_earlier = body_earlier processes_earlier[p] "\\n"
      news = news (entrants == 1 ? "" : " ") p
    }
    processes_shown[p] = processes_round
  }
  record("processes.count", "", count "\\n", 0, "-")
  record("processes.stat", "", body, body == "" ? 1 : 0, "-")
  if (body_earlier != "") record("processes.earlier", "", processes_uptime body_earlier, 0, "-")
  if (k > 0) processes_tell_io(f, k, arguments, list, entrants, wanted, wants, text)
  processes_uptime = text
  if (k > 0) {
    body = ""
    for (i = 1; i <= k; i++) {
      file = "/proc/" f[i] "/status"
      while ((getline line < file) > 0) {
        if (line !~ /^(Uid|VmRSS):/) continue
        body = body file ":" line "\\n"
        if (line ~ /^V/) break
        split(line, u, "\\t")
        if (!(u[3] in processes_user)) {
          processes_user[u[3]] = processes_round
          ids = ids (ids == "" ? "" : " ") u[3]
        }
        if (processes_rss[f[i]] == 0) break
      }
      close(file)
    }
    record("processes.status", arguments, body, body == "" ? 1 : 0, "-")
  }
  if (ids != "") {
    body = ""
    while ((getline line < "/etc/passwd") > 0) {
      split(line, u, ":")
      if (u[2] ~ /^[x*!]*$/ && u[3] in processes_user && processes_user[u[3]] == processes_round) body = body line "\\n"
    }
    close("/etc/passwd")
    record("processes.users", ids, body, body == "" ? 1 : 0, "-")
  }
  if (entrants) {
    body = ""
    for (i = 1; i <= entrants; i++) {
      file = "/proc/" list[i] "/cgroup"
      while ((getline line < file) > 0) if (line ~ /^[0-9]+:(name=[a-z]+)?:/) body = body file ":" line "\\n"
      close(file)
    }
    record("processes.cgroup", news, body, body == "" ? 1 : 0, "-")
  }
  if (entrants && !nul_safe) { processes_copy(list, entrants); return }
  for (i = 1; i <= entrants; i++) {
    p = list[i]
    file = "/proc/" p "/cmdline"
    body = ""
    k = 0
    while (length(body) <= ${maxCommandLine} && (getline line < file) > 0) body = body (k++ ? "\\n" : "") line
    close(file)
    record("processes.cmdline", p, substr(body, 1, ${maxCommandLine}), 0, length(body) > ${maxCommandLine} ? "t" : "-")
  }
}
function processes_copy(list, n,   i, frame, files) {
  for (i = 1; i <= n; i++) {
    if (i == 1 || folder == "-") out = out head_of("processes.cmdline", list[i])
    else {
      frame = folder "/between." i
      print "\\n" tail_of(0, 0, "-") head_of("processes.cmdline", list[i]) > frame
      close(frame)
      files = files " " frame
    }
    files = files " /proc/" list[i] "/cmdline"
    if (i < n && folder != "-") continue
    send()
    system("exec head -q -c ${maxCommandLine}" files " 2>/dev/null")
    out = "\\n" tail_of(0, 0, "-")
    files = ""
  }
}
function processes_rank(values, owners, n, value, owner,   i) {
  if (n < ${topCount}) n++
  for (i = n; i > 1 && values[i - 1] < value; i--) { values[i] = values[i - 1]; owners[i] = owners[i - 1] }
  values[i] = value
  owners[i] = owner
  return n
}`;
