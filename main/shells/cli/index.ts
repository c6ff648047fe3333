#!/usr/bin/env node
import '../require-node.ts';

// A reader that has seen enough (`| head`) closes the pipe; that is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Loaded only once the Node that runs this is known to be able to.
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli(process.argv.slice(2));
