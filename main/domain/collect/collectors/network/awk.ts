/** How many interfaces are printed: a host of containers has hundreds. */
export const maxInterfaces = 64;

/** What is looked at of an interface, below `/sys/class/net`, and which lines of it say something. */
export const factsPattern = '^(DRIVER=.*|[0-9a-z-]+)$';
export const factsFiles = '*/flags */operstate */speed */device/uevent';

/** Rounds after which the facts are looked at again, though nothing seems to have changed: who belongs to a bond. */
const factsRounds = 150;

/**
 * Prints `/proc/net/dev`, the interfaces that have a driver and the bonds first. What they are is asked by one grep
 * when a session begins, when one comes or goes, or goes up or down: some refuse to tell their speed, and mawk ends on
 * such a read.
 */
export const networkAwk = `
function network(   line, i, n, k, name, names, states, list, lines, file, parts, shown) {
  n = 0
  names = states = ""
  while ((getline line < "/proc/net/dev") > 0) {
    if (!(i = index(line, ":"))) continue
    name = substr(line, 1, i - 1)
    gsub(/[ \\t]/, "", name)
    list[++n] = name
    lines[n] = line
    names = names " " name
    if (!(name in network_real)) continue
    file = "/sys/class/net/" name "/operstate"
    if ((getline line < file) > 0) states = states " " line
    close(file)
  }
  close("/proc/net/dev")
  if (first || names != network_names || states != network_states || ++network_age >= ${factsRounds}) {
    network_names = names
    network_age = 0
    network_look()
    states = ""
    for (i = 1; i <= n; i++) if (list[i] in network_real && list[i] in network_state) states = states " " network_state[list[i]]
    network_states = states
  }
  k = 0
  names = ""
  for (i = 1; i <= n && k < ${maxInterfaces}; i++) if (list[i] in network_real) { shown[list[i]] = 1; names = names lines[i] "\\n"; k++ }
  for (i = 1; i <= n && k < ${maxInterfaces}; i++) if (!(list[i] in network_real)) { shown[list[i]] = 1; names = names lines[i] "\\n"; k++ }
  record("network.dev", "", names, names == "" ? 1 : 0, "-")
  if (network_facts == "") return
  n = split(network_facts, lines, "\\n")
  names = ""
  for (i = 1; i < n; i++) {
    split(lines[i], parts, "/")
    if (parts[1] in shown) names = names lines[i] "\\n"
  }
  if (first || names != network_told) record("network.facts", "", names, names == "" ? 1 : 0, "-")
  network_told = names
  network_facts = ""
}
function network_look(   line, command, name, value, i) {
  split("", network_real)
  split("", network_state)
  network_facts = ""
  command = "cd /sys/class/net && exec grep -sE '${factsPattern}' ${factsFiles} </dev/null 2>/dev/null"
  while ((command | getline line) > 0) {
    network_facts = network_facts line "\\n"
    name = line
    sub(/\\/.*/, "", name)
    i = index(line, ":")
    value = substr(line, i + 1)
    # 0x400: it is a bond.
    if (line ~ /\\/device\\/uevent:DRIVER=/ || line ~ /\\/flags:0x[0-9a-f]*[4-7c-f][0-9a-f][0-9a-f]$/) network_real[name] = 1
    if (line ~ /\\/operstate:/) network_state[name] = value
  }
  close(command)
}`;
