import { vi } from 'vitest';

/** Files that share a process do not share what modules keep: each loads them anew. */
vi.resetModules();
