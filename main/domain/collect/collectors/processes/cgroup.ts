import { cutText } from '../../cut-text.ts';

/** Where a process belongs, by its control group; https://man7.org/linux/man-pages/man7/cgroups.7.html */
export interface Place {
  readonly service: string | null;
  readonly container: string | null;
}

export const noPlace: Place = { service: null, container: null };

const cgroupLine = /^\/proc\/(\d{1,10})\/cgroup:\d{1,4}:(?:name=[a-z]+)?:(\/.*)$/;
const maxPath = 4096;

/** `grep … /proc/A/cgroup …`, by pid; of several hierarchies the one that says most. */
export function parseCgroups(text: string): Map<number, Place> {
  const found = new Map<number, Place>();
  for (const line of text.split('\n')) {
    const match = line.length > maxPath ? null : cgroupLine.exec(line);
    if (match === null) continue;
    const pid = Number(match[1]);
    const place = placeOf(match[2] as string);
    const before = found.get(pid) ?? noPlace;
    found.set(pid, { service: before.service ?? place.service, container: before.container ?? place.container });
  }
  return found;
}

/** `docker-ID.scope`, `libpod-ID.scope`, `cri-containerd-ID.scope`, or the bare id below `docker` or `kubepods`. */
const engineId = /^(?:[a-z-]+[-:])?([0-9a-f]{64})(?:\.scope)?$/;
/** `lxc.payload.web`, and systemd-nspawn's. */
const named = /^(?:lxc\.payload\.(.+)|machine-(.+)\.scope|systemd-nspawn@(.+)\.service)$/;
/** Beside a container, not in it. */
const beside = /^(?:libpod-conmon|crio-conmon)-|^lxc\.monitor\./;

/** The innermost unit of systemd, and the innermost container; what is outside of the container is not its service. */
export function placeOf(path: string): Place {
  let service: string | null = null;
  let container: string | null = null;
  const parts = path.split('/').filter((part) => part !== '');
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as string;
    const inside = beside.test(part) ? null : containerAt(parts, at);
    if (inside !== null) {
      container = cutText(inside, 64);
      service = null;
    } else if (/\.(?:service|scope)$/.test(part)) service = cutText(part, 128);
  }
  return { service, container };
}

function containerAt(parts: readonly string[], at: number): string | null {
  const part = parts[at] as string;
  const id = engineId.exec(part)?.[1];
  if (id !== undefined) return id.slice(0, 12);
  // LXC and Proxmox VE: /lxc/101/ns/…, of which `lxc` is no name of a unit.
  if (parts[at - 1] === 'lxc') return part;
  const name = named
    .exec(part)
    ?.slice(1)
    .find((one) => one !== undefined);
  // A virtual machine of libvirt has a scope of the same kind.
  return name === undefined || /^(?:qemu|lxc)\\x2d/.test(name) ? null : name.replaceAll('\\x2d', '-');
}
