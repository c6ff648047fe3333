import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildOptions {
  readonly cwd: string;
  /** `show`: as it comes, on our own output. `keep`: returned only. */
  readonly output: 'show' | 'keep';
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is killed; unlimited when absent. */
  readonly limitMs?: number;
  /** Milliseconds without a line that `progress` matches, until it is killed. */
  readonly stall?: { readonly limitMs: number; readonly progress: RegExp };
}

export interface ChildEnd {
  /** 0 when it went well; null when it was killed, or could not be started. */
  readonly exit: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();
const mostOutput = 4 << 20;

/** Runs a program to its end in a process group of its own. Never rejects: what kept it from starting is its output. */
export function runChild(file: string, args: readonly string[], options: ChildOptions): Promise<ChildEnd> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let output = '';
    const stop = () => signalGroup(child, 'SIGKILL');
    const limit = options.limitMs === undefined ? null : setTimeout(stop, options.limitMs);
    const stall = options.stall === undefined ? null : setTimeout(stop, options.stall.limitMs);

    const take = (target: NodeJS.WriteStream) => (chunk: Buffer) => {
      const text = chunk.toString();
      output = (output + text).slice(-mostOutput);
      if (options.output === 'show') target.write(chunk);
      if (options.stall?.progress.test(text) === true) stall?.refresh();
    };
    child.stdout.on('data', take(process.stdout));
    child.stderr.on('data', take(process.stderr));

    const end = (exit: number | null, more = '') => {
      running.delete(child);
      if (limit !== null) clearTimeout(limit);
      if (stall !== null) clearTimeout(stall);
      resolve({ exit, output: output + more });
    };
    child.on('error', (error) => end(null, error.message));
    child.on('close', (exit) => end(exit));
  });
}

/** Takes every running child along when we are told to end: they have groups of their own and hear no Ctrl+C. */
export function endChildrenOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      for (const child of running) signalGroup(child, 'SIGTERM');
      setTimeout(() => {
        for (const child of running) signalGroup(child, 'SIGKILL');
        process.exit(130);
      }, 2_000);
    });
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
