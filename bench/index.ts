import { accuracyBench } from './accuracy.ts';
import { badLinksBench } from './bad-links.ts';
import { connectBench } from './connect.ts';
import { consoleBench, thousandBench } from './console.ts';
import { dumpBench } from './dump.ts';
import { dumpFuzzBench } from './dump-fuzz.ts';
import { redactionBench } from './dump-redaction.ts';
import { fleetBench } from './fleet.ts';
import { fullSetBench } from './full-set.ts';
import { fuzzBench } from './fuzz.ts';
import { growthBench } from './growth.ts';
import { hostBench } from './host.ts';
import { killsBench } from './kills.ts';
import { parseFuzzBench } from './parse-fuzz.ts';
import { reconnectBench } from './reconnect.ts';
import { replayBench } from './replay.ts';
import { asJson, asTable, type Figure, type Report } from './report.ts';
import { scrubBench } from './scrub.ts';
import { startBench } from './start.ts';
import { storeBench } from './store.ts';

type Bench = (report: Report) => Promise<void>;

/** By the name that `npm run bench -- NAME` takes. */
const benches: Readonly<Record<string, Bench>> = {
  host: hostBench,
  'full-set': fullSetBench,
  console: consoleBench,
  store: storeBench,
  start: startBench,
  connect: connectBench,
  accuracy: accuracyBench,
  scrub: scrubBench,
  fleet: fleetBench,
  redaction: redactionBench,
};

/** The same, but these take minutes: they run when they are named. */
const longBenches: Readonly<Record<string, Bench>> = {
  dump: dumpBench,
  replay: replayBench,
  thousand: thousandBench,
  growth: growthBench,
  reconnect: reconnectBench,
  'bad-links': badLinksBench,
  kills: killsBench,
  fuzz: fuzzBench,
  'dump-fuzz': dumpFuzzBench,
  'parse-fuzz': parseFuzzBench,
};
const all = { ...benches, ...longBenches };

const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('-'));
const unknown =
  wanted.find((name) => all[name] === undefined) ?? args.find((arg) => arg.startsWith('-') && arg !== '--json');
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". There are: ${Object.keys(all).join(', ')}; and --json.`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, bench] of Object.entries(wanted.length > 0 ? all : benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!json) console.error(`${name} …`);
  await bench((figure) => {
    figures.push(figure);
    if (json) console.log(asJson(figure));
  });
}
if (!json) console.log(asTable(figures));
