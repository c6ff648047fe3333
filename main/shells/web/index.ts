#!/usr/bin/env node
import '../require-node.ts';

// Loaded only once the Node that runs this is known to be able to.
const { runWebShell } = await import('./web-shell.ts');
process.exitCode = (await runWebShell(process.argv.slice(2))) ?? 0;
