import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type SceneName, sceneFiles, script } from './pve/scenes.ts';
import { standIns } from './pve/stand-ins.ts';
import { type Sshd, startSshd } from './sshd.ts';

export { type SceneName, sceneSeconds, script } from './pve/scenes.ts';

/** A machine with Proxmox VE, ZFS and Docker on it, as far as its tools and files tell: what they tell follows a script. */
export interface PveMachine {
  readonly directory: string;
  /** The folder of its tools, to come first in PATH. */
  readonly path: string;
  /** Program and arguments in front of whatever is to run on it. */
  readonly enter: readonly string[];
  /** Epoch seconds at which the script begins, by the clock of the machine. */
  readonly begin: number;
  /** From now on the machine is as in that scene. */
  show(scene: SceneName): void;
  /** What was asked that wakes a disk, or costs a second of CPU that files tell for nothing; a command a line. */
  wronglyAsked(): string[];
  remove(): void;
}

/** The same behind an sshd. */
export type PveHost = Sshd & Pick<PveMachine, 'begin' | 'show' | 'wronglyAsked'>;

/**
 * Makes files and devices in places that this machine does not have, in a mount namespace that ends with what runs in it.
 * There is no way to make a file in `/proc`: what ZFS and md tell there is missing, and with it their states.
 */
const enter = `set -e
mkdir -p "$1/mounts"
mount -t tmpfs lab "$1/mounts"
cd "$1/mounts"
mkdir etc etc.work dev dev.work old-dev class class/net class/nvme class/nvme/nvme0 class/nvme/nvme1 block cgroup empty
mount -t overlay -o "lowerdir=/etc,upperdir=$PWD/etc,workdir=$PWD/etc.work" lab /etc
ln -s "$1/now/pve" /etc/pve
mount --rbind /dev old-dev
mount -t overlay -o "lowerdir=/dev,upperdir=$PWD/dev,workdir=$PWD/dev.work" lab /dev
for place in pts shm; do [ ! -d "old-dev/$place" ] || mount --rbind "old-dev/$place" "/dev/$place"; done
minor=0
for disk in sda sdb sdc sdd; do
  [ -e /dev/$disk ] || mknod /dev/$disk b 8 $minor
  minor=$((minor + 16))
  mkdir -p block/$disk/queue; echo 7814037168 >block/$disk/size; echo 1 >block/$disk/queue/rotational
done
for disk in nvme0 nvme1; do [ -e /dev/$disk ] || mknod /dev/$disk c 242 \${disk#nvme}; done
mount --rbind /sys/class/net class/net
mount --rbind class /sys/class
mount --rbind block /sys/block
ln -s "$1/now/system.slice" cgroup/system.slice
mount --bind cgroup /sys/fs/cgroup
[ ! -d /lib/modules ] || mount --bind empty /lib/modules
cd /
shift
exec "$@"`;

/** Why no such host can be had here; null where one can. */
export function whyNoPveHost(): string | null {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-pve-'));
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', enter, 'sh', directory, 'true'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).split('\n')[0] : String(error);
    return `no host with files of its own can be made here, which takes root and a mount namespace: ${said}`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Makes it, in the first scene; nothing runs yet. What is to run needs what `whyNoPveHost` tells of.
 * @param burn what each tool does before it answers, by its name: lines of shell
 */
export function makePveMachine(burn: Readonly<Record<string, string>> = {}): PveMachine {
  const directory = mkdtempSync(join(tmpdir(), 'rackside-pve-'));
  const begin = Math.floor(Date.now() / 1000);
  const inside = (name: string) => join(directory, name);
  const [now, asked, backups] = [inside('now'), inside('asked'), inside('backups')];
  for (const [name, text] of Object.entries(standIns(now, asked, burn))) write(inside(`bin/${name}`), text, 0o755);
  for (const vmid of ['qemu-100', 'lxc-101', 'qemu-102']) {
    const file = join(
      backups,
      'dump',
      `vzdump-${vmid}-2026_01_01-01_00_00.${vmid.startsWith('q') ? 'vma' : 'tar'}.zst`,
    );
    write(file, 'a backup\n');
    utimesSync(file, begin - 36_000, begin - 36_000);
  }
  for (const [index, name] of script.entries()) {
    for (const [path, text] of Object.entries(sceneFiles(name, begin, backups))) {
      write(inside(`scene-${index}/${path}`), text);
    }
  }
  const show = (scene: SceneName) => {
    symlinkSync(`scene-${script.indexOf(scene)}`, `${now}.next`);
    renameSync(`${now}.next`, now);
  };
  show('calm');
  return {
    ...{ directory, path: inside('bin'), begin, show },
    enter: ['unshare', '--mount', 'sh', '-c', enter, 'sh', directory],
    wronglyAsked: () => (existsSync(asked) ? readFileSync(asked, 'utf8').trimEnd().split('\n') : []),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Starts one behind an sshd. Throws where `whyNoPveHost` tells why. */
export async function startPveHost(): Promise<PveHost> {
  const { begin, show, wronglyAsked, path, enter, remove } = makePveMachine();
  const sshd = await startSshd({ path, enter });
  return {
    ...{ ...sshd, begin, show, wronglyAsked },
    stop: async () => {
      await sshd.stop();
      remove();
    },
  };
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
