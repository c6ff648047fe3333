import { appendFileSync, readFileSync } from 'node:fs';
import type { ServerChannel } from 'ssh2';
import { answerTo, type Recording } from './recording.ts';

/** Loaded by the lab's fake hosts, in their process: each channel answers ticks with recorded rounds. */
const file = process.env.RACKSIDE_BENCH_RECORDING ?? '';
const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;

/** Takes down when fast rounds are asked for, where that is wished. */
const asked = process.env.RACKSIDE_BENCH_ASKED;

export function serve(channel: ServerChannel, { port }: { readonly port: number }): void {
  let buffered = '';
  let boundary: string | null = null;
  let played = 0;

  function answer(line: string): void {
    const marker = /^printf '%s%s\\n' (\S+) (\S+)$/.exec(line);
    if (marker !== null) channel.write(`${marker[1]}${marker[2]}\n`);
    boundary ??= /^boundary=([A-Za-z0-9]{16,64})$/.exec(line)?.[1] ?? null;
    if (boundary === null) return;
    // The program calls its one function on its last line.
    if (/^rackside; exit$/.test(line)) channel.write(`\n${boundary} ready mawk\n`);
    if (asked !== undefined && /^tick \d+ fast /.test(line)) appendFileSync(asked, `${port} ${Date.now()}\n`);
    const round = answerTo(line, boundary, recording, () => played++);
    if (round !== null) channel.write(Buffer.from(round.text, 'latin1'));
  }

  channel.on('data', (chunk: Buffer) => {
    buffered += chunk.toString();
    for (let end = buffered.indexOf('\n'); end !== -1; end = buffered.indexOf('\n')) {
      const line = buffered.slice(0, end);
      buffered = buffered.slice(end + 1);
      answer(line);
    }
  });
  channel.on('end', () => {
    channel.exit(0);
    channel.end();
  });
}
