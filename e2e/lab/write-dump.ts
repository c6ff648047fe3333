import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What of the dump a suite looks for. */
export interface WrittenDump {
  readonly path: string;
  readonly entries: number;
  readonly failed: number;
}

const commands = ['df -PT', 'zpool status -P tank', 'smartctl -a /dev/sda', 'cat /proc/loadavg', 'dmesg -T'];
const began = Date.UTC(2026, 10, 27, 8);
const samplePauseMs = 30_000;

/**
 * Writes a dump of some thousand entries in the format of `docs`: every 100th run fails on standard error, the 1,000th
 * is colours and a forged title, the 1,500th is binary, the 2,000th a line of a megabyte with a needle behind it, and
 * the last but 50 is torn. Rounds stand two seconds apart, with ten minutes of silence in the middle.
 */
export async function writeDump(path: string, entries = 3000): Promise<WrittenDump> {
  const parts: Buffer[] = [];
  let failed = 0;
  for (let index = 0; index < entries; index++) {
    const isFailure = index % 100 === 99;
    const torn = index === entries - 50;
    if (isFailure) failed += 1;
    const error = isFailure ? 'error: no such device\n' : '';
    const body = Buffer.concat([bodyOf(index), Buffer.from(error)]);
    const at = new Date(instantOf(index, entries)).toISOString().replace('Z', '000Z');
    const command = commands[index % commands.length];
    const stderr = error === '' ? '' : `  stderr=${error.length}`;
    const head = `===== ${at} =====\n$ ${command}\nexit=${isFailure ? 1 : 0}  duration=${1 + (index % 300)}ms  size=${body.length}${stderr}\n\n`;
    parts.push(
      Buffer.from(head),
      torn ? body.subarray(0, body.length >> 1) : Buffer.concat([body, Buffer.from('\n\n')]),
    );
  }
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'commands.log'), Buffer.concat(parts));
  await writeFile(join(path, 'samples.log'), samples(instantOf(0, entries), instantOf(entries - 1, entries)));
  return { path, entries, failed };
}

function instantOf(index: number, entries: number): number {
  const silence = index >= entries / 2 ? 600_000 : 0;
  return began + Math.floor(index / commands.length) * 2000 + (index % commands.length) * 15 + silence;
}

function bodyOf(index: number): Buffer {
  if (index === 1000) return Buffer.from('\u001b[31mDEGRADED\u001b[0m \u001b]0;pwned\u0007\u202etxt\n');
  if (index === 1500) return Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff, 0xfe]);
  if (index === 2000) return Buffer.from(`${'x'.repeat(1 << 20)}\nneedle in a haystack\n`);
  const lines = Array.from({ length: 6 }, (_, line) => `line ${line} of ${index - (index % 7)}`);
  return Buffer.from(`${lines.join('\n')}\n`);
}

function samples(from: number, to: number): string {
  let text = '';
  for (let at = from; at <= to; at += samplePauseMs) {
    const instant = new Date(at).toISOString();
    const load = { one: (at - from) / samplePauseMs, five: 1, fifteen: 1 };
    const sample = { collected_at: instant, data: { load, note: '<img src=x onerror=alert(1)>' } };
    text += `===== ${instant.replace('Z', '000Z')}  kind=fast =====\n${JSON.stringify(sample, null, 2)}\n\n`;
  }
  return text;
}
