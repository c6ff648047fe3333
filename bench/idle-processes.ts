import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** Fills the machine up to that many processes, all of them asleep; `end` takes them away again. */
export async function fillProcesses(wanted: number): Promise<{ count: number; end(): void }> {
  const missing = Math.max(0, wanted - countProcesses());
  let filler: ChildProcess | null = null;
  if (missing > 0) {
    // They read from our pipe, so they end with us even when we are killed.
    const script = `i=0; while [ $i -lt ${missing - 1} ]; do sh -c 'read line' <&0 & i=$((i+1)); done; echo; wait`;
    filler = spawn('sh', ['-c', `exec 3<&0; ${script.replace('<&0', '<&3')}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => filler?.stdout?.once('data', resolve));
  }
  return { count: countProcesses(), end: () => filler?.stdin?.end() };
}

function countProcesses(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
}
