import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** A load that is even over seconds, so that two tools whose windows begin some milliseconds apart see the same. */
export interface KnownLoad {
  /** The interface of this machine that the traffic goes through; null where none could be made, with the reason. */
  readonly interfaceName: string | null;
  readonly lacks: string | null;
  end(): Promise<void>;
}

const burner = 'while :; do i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; sleep 0.05; done';
/** Each piece goes to the disk itself: what waits in memory would be written whenever the kernel likes. */
const writer = (file: string) =>
  `while :; do dd if=/dev/zero of='${file}' bs=256k count=4 oflag=direct conv=notrunc 2>/dev/null; sleep 0.05; done`;
const listen = `require('net').createServer(s=>s.resume()).listen(9999,process.argv[1],()=>console.log('up'))`;
const send = `const b=Buffer.alloc(65536);const s=require('net').connect(9999,process.argv[1],()=>setInterval(()=>s.write(b),20))`;

/** Keeps CPUs, a disk and, as root, a network interface of this run's own busy until `end`. Writes into `folder`. */
export async function startKnownLoad(folder: string): Promise<KnownLoad> {
  const children = [spawn('sh', ['-c', burner]), spawn('sh', ['-c', writer(join(folder, 'load'))])];
  const namespace = `rackside-${process.pid}`;
  const interfaceName = `rs${process.pid}`.slice(0, 15);
  const lacks = addInterface(namespace, interfaceName);
  if (lacks === null) {
    const server = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', listen, '198.18.77.2']);
    await once(server.stdout, 'data');
    children.push(server, spawn(process.execPath, ['-e', send, '198.18.77.2']));
  }
  return {
    interfaceName: lacks === null ? interfaceName : null,
    lacks,
    end: async () => {
      await Promise.all(children.map(stop));
      if (lacks === null) execFileSync('ip', ['netns', 'del', namespace]);
      rmSync(join(folder, 'load'), { force: true });
    },
  };
}

/** A pair of interfaces, the other end in a namespace of its own; answers why that could not be. */
function addInterface(namespace: string, name: string): string | null {
  try {
    for (const line of [
      `netns add ${namespace}`,
      `link add ${name} type veth peer name peer netns ${namespace}`,
      `addr add 198.18.77.1/30 dev ${name}`,
      `link set ${name} up`,
      `-n ${namespace} addr add 198.18.77.2/30 dev peer`,
      `-n ${namespace} link set peer up`,
    ]) {
      execFileSync('ip', line.split(' '), { stdio: 'ignore' });
    }
    return null;
  } catch {
    return 'an interface of its own needs root and iproute2';
  }
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
