import '../require-node.ts';

// Loaded only once the Node that runs this is known to be able to. Electron waits with being ready until this module is
// done, so the import is awaited and the run is not.
const { runElectronShell } = await import('./electron-shell.ts');
void runElectronShell();
