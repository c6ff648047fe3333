import { readFileSync } from 'node:fs';
import type { ServerChannel } from 'ssh2';
import { type HonestRound, mutations } from './mutations.ts';
import { randomFrom } from './random.ts';
import { answerTo, type Recording } from './recording.ts';

/** Loaded by the lab's fake hosts, in their process: each channel plays recorded rounds, and spoils most of them by a seed. */
const recording = JSON.parse(readFileSync(process.env.RACKSIDE_BENCH_RECORDING ?? '', 'utf8')) as Recording;
const seed = Number(process.env.RACKSIDE_BENCH_SEED);
const honestShare = 0.4;
const changes = Object.values(mutations);
let channels = 0;

export function serve(channel: ServerChannel): void {
  const random = randomFrom(seed * 100_000 + channels++);
  let buffered = '';
  let boundary: string | null = null;

  function answer(line: string): void {
    const marker = /^printf '%s%s\\n' (\S+) (\S+)$/.exec(line);
    if (marker !== null) channel.write(`${marker[1]}${marker[2]}\n`);
    boundary ??= /^boundary=([A-Za-z0-9]{16,64})$/.exec(line)?.[1] ?? null;
    if (boundary === null) return;
    if (/^rackside; exit$/.test(line)) channel.write(`\n${boundary} ready mawk\n`);
    const round = answerTo(line, boundary, recording, () => Math.floor(random() * recording.fast.length));
    if (round !== null) play(Number(round.seq), round.text, boundary);
  }

  /** Rounds come in any order: time on the host goes backwards as often as forwards. */
  function play(seq: number, honest: string, ours: string): void {
    const round: HonestRound = { frames: framesOf(honest, ours), boundary: ours, seq, random };
    const change = changes[Math.floor(random() * changes.length)];
    const mutated = random() < honestShare || change === undefined ? { text: honest } : change(round);
    send(Buffer.from(mutated.text, 'latin1'));
    if (random() < 0.05) channel.stderr.write('e'.repeat(Math.floor(random() * 100_000)));
    if (mutated.ends === true) channel.close();
  }

  /** In one piece, or in pieces of any size. */
  function send(bytes: Buffer): void {
    if (bytes.length > 200_000 || random() < 0.5) {
      channel.write(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; ) {
      const end = at + 1 + Math.floor(random() ** 3 * 5000);
      channel.write(bytes.subarray(at, end));
      at = end;
    }
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

/** Records whole, other frames a line each. */
function framesOf(text: string, boundary: string): string[] {
  const record = `${boundary} record [^\\n]*\\n[\\s\\S]*?\\n${boundary} end [^\\n]*\\n`;
  return text.match(new RegExp(`${record}|${boundary} [^\\n]*\\n`, 'g')) ?? [];
}
