/** As package.json says under `engines`. better-sqlite3 crashes one before 22 without a word. */
const oldestMajor = 24;

const major = Number(process.versions.node.split('.')[0]);
if (major < oldestMajor) {
  process.stderr.write(
    `Rackside needs Node ${oldestMajor} or newer, and this is ${process.versions.node}. In a checkout, npm start and npm run rackside use the right one.\n`,
  );
  process.exit(1);
}
