import { endChildrenOnSignals } from './child.ts';
import { noTests } from './test/count.ts';
import { selectStages } from './test/selection.ts';
import { stages } from './test/stages.ts';

const { stages: wanted, filters } = selectStages(process.argv.slice(2));
endChildrenOnSignals();

let { passed, failed } = noTests;
const unsteady: string[] = [];
const started = performance.now();
for (const stage of stages.filter(({ name }) => wanted.includes(name))) {
  console.log(`\n── ${stage.name}`);
  const from = performance.now();
  const result = await stage.run(filters);
  passed += result.passed;
  failed += result.failed;
  if (result.failed > 0 && result.output) console.log(result.output);
  unsteady.push(...(result.unsteady ?? []));
  for (const name of result.skipped) console.log(`skipped: ${name}`);
  const parts = [`${result.passed} passed`, `${result.failed} failed`, `${result.skipped.length} skipped`];
  const told = parts.filter((part) => !part.startsWith('0 '));
  console.log(`── ${stage.name}: ${[...told, seconds(from)].join(', ')}`);
  if (result.failed > 0) break;
}
for (const path of unsteady) console.log(`unsteady: ${path} failed, and passed when it ran by itself. Find the race.`);
console.log(`\nAll of it took ${seconds(started)}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function seconds(from: number): string {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}
