/**
 * The rooms: who may import whom. This is the table of docs/architecture.md as data; `scripts/rooms.ts` holds every
 * import against it. A room is the first row whose `holds` matches a file's path, and may always import itself.
 */
export interface Room {
  readonly name: string;
  readonly holds: RegExp;
  /** Paths (prefixes) of other rooms that it may import. */
  readonly from: readonly string[];
  /** The same, but `import type` only. */
  readonly typesFrom: readonly string[];
  /** npm packages, by name; their subpaths too. */
  readonly packages: readonly string[];
  /** Whether it may use Node's own modules. */
  readonly node: boolean;
  /** Values in, values out: neither the clock nor randomness. */
  readonly pure: boolean;
  /** Whether it may import a module by a computed name, which cannot be held against this table. */
  readonly loadsByName?: boolean;
}

const none = { from: [], typesFrom: [], packages: [], node: false, pure: false } as const;
const values = ['main/contract/', 'main/domain/'];
const contract = 'main/contract/';

/** Where the e2e room looks for programs that are not ours. */
const found = ['e2e/chromium.ts', 'e2e/electron-runtime.ts', 'e2e/search-path.ts'];

/** A service: handed what it needs, by type, and never another service. */
function service(name: string, packages: readonly string[] = []): Room {
  const holds = new RegExp(`^main/services/${name}/`);
  return { ...none, name: `main/services/${name}`, holds, from: values, packages, node: true };
}

/** What every shell needs and no room below may know: where data lies, the built page, which Node. */
const sharedByShells = ['connect-ahead', 'data-folder', 'page', 'relay-wires', 'require-node', 'version'].map(
  (name) => `main/shells/${name}.ts`,
);

/** A shell: a window onto the console, and the runtime that this window is in. */
function shell(name: string, packages: readonly string[] = []): Room {
  return {
    ...none,
    name: `main/shells/${name}`,
    holds: new RegExp(`^main/shells/${name}/`),
    from: ['main/services/console.ts', 'main/domain/present/', contract, ...sharedByShells],
    packages,
    node: true,
  };
}

/** What draws: the console as the api gives it, and the words and units of domain/present. */
const drawing = {
  ...none,
  from: ['renderer/', 'main/domain/present/', `${contract}kinds.ts`],
  typesFrom: [contract],
  packages: ['react', 'react-dom', 'zustand', 'recharts', 'radix-ui', '@tanstack/react-virtual'],
};

export const rooms: readonly Room[] = [
  { ...none, name: 'main/contract', holds: /^main\/contract\//, packages: ['zod'], pure: true },
  { ...none, name: 'main/domain', holds: /^main\/domain\//, from: [contract], pure: true },
  { ...none, name: 'main/globals.d.ts', holds: /^main\/globals\.d\.ts$/ },
  /** Tests of what several rooms of main hold together: one wire suite for every shell. */
  {
    ...none,
    name: 'main',
    holds: /^main\/(services\/)?(?!console\.)[a-z-]+\.test\.ts$/,
    from: ['main/'],
    packages: ['zod'],
    node: true,
  },
  /** zod: sealed secrets are a file, and checked at this border. */
  service('ssh', ['ssh2', 'zod']),
  service('ssh-config'),
  service('host-import', ['yaml']),
  service('openssh'),
  service('local'),
  /** zod: what another process says on the socket is checked at this border. */
  service('owner', ['zod']),
  service('collect'),
  service('fleet'),
  service('commands'),
  service('files'),
  service('store', ['better-sqlite3']),
  /** zod: what the thread of a dump answers is a contract. smol-toml: an agent's configuration names its dump. */
  service('dumps', ['smol-toml', 'zod']),
  service('replays'),
  service('settings', ['smol-toml']),
  {
    ...none,
    name: 'main/services/console.ts',
    holds: /^main\/services\/console(\.test\.ts|\.ts|\/.*)$/,
    from: [...values, 'main/services/'],
    node: true,
  },
  { ...none, name: 'main/shells', holds: /^main\/shells\/[^/]+\.ts$/, from: [contract, 'package.json'], node: true },
  /** zod: the window's remembered place is a file, and checked at this border. */
  shell('electron', ['electron', 'zod']),
  shell('web', ['ws']),
  shell('cli'),
  { ...none, name: 'preload', holds: /^preload\//, packages: ['electron'] },
  {
    ...none,
    name: 'renderer/api',
    holds: /^renderer\/api\//,
    from: [`${contract}rpc/`, `${contract}console-kinds.ts`, `${contract}faults.ts`],
    typesFrom: [contract],
  },
  { ...drawing, name: 'renderer', holds: /^renderer\// },
  {
    ...none,
    name: 'e2e',
    holds: /^e2e\//,
    typesFrom: [contract],
    packages: ['playwright', 'ssh2', 'vitest', '@axe-core/playwright'],
    node: true,
    /** A fake host runs in a process of its own and is told which module plays it. */
    loadsByName: true,
  },
  {
    ...none,
    name: 'bench',
    holds: /^bench\//,
    from: [...values, 'main/services/', 'e2e/'],
    packages: ['playwright', 'ssh2', 'better-sqlite3'],
    node: true,
  },
  {
    ...none,
    name: 'scripts',
    holds: /^scripts\//,
    from: found,
    packages: ['vite', 'vitest', 'electron-vite', 'playwright', 'fast-check'],
    node: true,
    loadsByName: true,
  },
  {
    ...none,
    name: 'configs',
    holds: /^[a-z0-9.]+\.config\.ts$/,
    from: found,
    packages: ['vite', 'vitest', 'electron-vite', '@vitejs/plugin-react'],
    node: true,
  },
];

/** What a `*.test.ts` may import beyond its room: a test stands where console.ts stands, and hands in what is needed. */
export const tests: Pick<Room, 'from' | 'packages'> = {
  from: [...values, 'main/services/', 'e2e/lab/', 'e2e/chromium.ts'],
  packages: ['vitest', 'fast-check', 'ws', 'ssh2', 'zod', 'vite', 'electron-vite'],
};
