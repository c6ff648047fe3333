import { accuracyBench } from './accuracy.ts';
import { consoleBench } from './console.ts';
import { hostBench } from './host.ts';
import { asJson, asTable, type Figure, type Report } from './report.ts';
import { startBench } from './start.ts';
import { storeBench } from './store.ts';

/** By the name that `npm run bench -- NAME` takes. */
const benches: Readonly<Record<string, (report: Report) => Promise<void>>> = {
  host: hostBench,
  console: consoleBench,
  store: storeBench,
  start: startBench,
  accuracy: accuracyBench,
};

const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('-'));
const unknown =
  wanted.find((name) => benches[name] === undefined) ?? args.find((arg) => arg.startsWith('-') && arg !== '--json');
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${Object.keys(benches).join(', ')}; and --json.`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!json) console.error(`${name} …`);
  await bench((figure) => {
    figures.push(figure);
    if (json) console.log(asJson(figure));
  });
}
if (!json) console.log(asTable(figures));
