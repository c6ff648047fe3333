import { execFileSync } from 'node:child_process';

/** A network namespace with one cable to this machine. */
export interface LabNetwork {
  /** Of the far end. */
  readonly address: string;
  /** Program and arguments in front of what is to run there. */
  readonly enter: readonly string[];
  /** The cable is out, or in again; what is open stays open, and learns nothing. */
  plug(inserted: boolean): void;
  /** What is sent there arrives, and every answer gets lost, as behind a firewall that drops. */
  swallow(answers: boolean): void;
  /** Gives this machine another address on the cable, or takes it away. */
  readdress(added: boolean): void;
  stop(): void;
}

/** Why no network can be made here; null when one can. */
export function whyNoNetwork(): string | null {
  const name = `rackside-probe-${process.pid}`;
  try {
    run('ip', 'netns', 'add', name);
    run('ip', 'netns', 'del', name);
    return null;
  } catch {
    return 'network namespaces need root and the program ip (package iproute2)';
  }
}

let made = 0;

/** Ends with `stop`; nothing of this machine's own network is touched. */
export function makeNetwork(): LabNetwork {
  made += 1;
  // Of the range for tests of devices (RFC 2544), apart for each process and network: a /30 has two hosts.
  const block = ((process.pid % 4096) * 16 + made) * 4;
  const ip = (host: number) => `198.18.${(block >> 8) & 255}.${(block & 255) + host}`;
  const name = `rackside-${process.pid}-${made}`;
  const [near, far] = [`rs${process.pid}n${made}`, `rs${process.pid}f${made}`];
  run('ip', 'netns', 'add', name);
  run('ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
  run('ip', 'address', 'add', `${ip(1)}/30`, 'dev', near);
  run('ip', 'link', 'set', near, 'up');
  run('ip', '-n', name, 'address', 'add', `${ip(2)}/30`, 'dev', far);
  run('ip', '-n', name, 'link', 'set', far, 'up');
  return {
    address: ip(2),
    enter: ['ip', 'netns', 'exec', name],
    plug: (inserted) => run('ip', '-n', name, 'link', 'set', far, inserted ? 'up' : 'down'),
    swallow: (answers) => run('ip', '-n', name, 'route', answers ? 'add' : 'del', 'blackhole', `${ip(1)}/32`),
    readdress: (added) => run('ip', 'address', added ? 'add' : 'del', `${ip(3)}/32`, 'dev', near),
    stop: () => {
      // The cable would go with the namespace, but a socket that still waits for its peer keeps that for minutes.
      run('ip', 'link', 'del', near);
      run('ip', 'netns', 'del', name);
    },
  };
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
