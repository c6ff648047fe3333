import { countWords, type RunGroup, runWord, tookWords } from '../../domain/present/run-groups.ts';
import { visible, visibleLines } from '../../domain/present/words.ts';

/** `3 hosts: a, b, c (exit 0, 12.0 ms)`, then what they printed, fit for a terminal; standard error says so on each line. */
export function runGroupText({ runs, run }: RunGroup): string {
  const names = runs.map(({ name }) => visible(name, 120)).join(', ');
  const how = [runWord(run), tookWords(runs)].filter((word) => word !== null).join(', ');
  const lines = [`${countWords(runs.length)}: ${names} (${how})`];
  if (run.stdout !== '') lines.push(withoutLastEnd(visibleLines(run.stdout)));
  if (run.stderr !== '') {
    for (const line of withoutLastEnd(visibleLines(run.stderr)).split('\n')) lines.push(`stderr: ${line}`);
  }
  if (run.truncated) lines.push('It printed more than is shown here.');
  if (run.fault !== null && run.state === 'failed') lines.push(visible(run.fault.message));
  return `${lines.join('\n')}\n`;
}

function withoutLastEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
