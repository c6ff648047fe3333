/**
 * Scripts that stand in for the tools of a Proxmox host: each prints what the scene that is on holds for it. `$now` is
 * the scene's directory, `$asked` a file that tells who was asked what should not be.
 */

/** Of a pool that is suspended: nothing but time gets it on. */
const hangs = (tool: string) => `[ ! -e "$now/hung/${tool}" ] || exec sleep 100000\n`;

const scripts: Readonly<Record<string, string>> = {
  zpool: `${hangs('zpool')}case $* in
'status -j '*) echo "invalid option 'j'" >&2; exit 2 ;;
'status -x'*) exec cat "$now/zpool-sick" ;;
status*) exec cat "$now/zpool-status" ;;
list*) exec cat "$now/zpool-list" ;;
esac
exit 2`,
  zfs: `${hangs('zfs')}case $* in
*'-d 0'*) exec cat "$now/zfs-roots" ;;
*'-t snapshot'*) exec cat "$now/zfs-snapshots" ;;
*) exec cat "$now/zfs-datasets" ;;
esac`,
  // Whoever asks a disk without \`-n standby\` wakes it.
  smartctl: `case $* in
--scan) exec cat "$now/smart-scan" ;;
-V) echo 'smartctl 7.3 2022-02-28 r5338'; exit ;;
'-n standby '*) ;;
*) echo "smartctl $*" >>"$asked"; exit 1 ;;
esac
for disk do :; done
cat "$now/smart-\${disk#/dev/}"
grep -q '"exit_status": [1-9]' "$now/smart-\${disk#/dev/}" && exit 2
exit 0`,
  docker: `case $1 in
ps) exec cat "$now/docker-ps" ;;
inspect) exec cat "$now/docker-inspect" ;;
esac
exit 1`,
  systemctl: `case $1 in
is-system-running) read -r state <"$now/systemctl-state"; echo "$state"; [ "$state" = running ] ;;
list-units) exec cat "$now/systemctl-units" ;;
list-timers) exec cat "$now/systemctl-timers" ;;
*) exit 1 ;;
esac`,
  df: `case $* in
*-i*) exec cat "$now/df-inodes" ;;
*) exec cat "$now/df-blocks" ;;
esac`,
  // Files tell the same for a hundredth of the price.
  pvesh: 'echo "pvesh $*" >>"$asked"; exit 1',
  pvesm: 'echo "pvesm $*" >>"$asked"; exit 1',
  'nvidia-smi': 'exec cat "$now/nvidia-smi"',
  'dpkg-query': "echo 'pve-manager\t8.4.1'",
  apt: `echo 'Listing...'`,
  // The host's own clock is the script's; who wants to know more than seconds asks this machine's.
  date: `[ "$*" = +%s ] && exec cat "$now/now"
exec /bin/date "$@"`,
};

/** The text of each script, by its name. Before it answers it does what `burn` has for it. */
export function standIns(now: string, asked: string, burn: Readonly<Record<string, string>>): Record<string, string> {
  const head = `#!/bin/sh\nnow='${now}' asked='${asked}'\n`;
  const texts = Object.entries(scripts).map(([name, script]) => [name, `${head}${burn[name] ?? ''}\n${script}\n`]);
  return Object.fromEntries(texts);
}
