/**
 * A dump as the Elixir agent proxMon writes it: commands with several lines, a tool that is not there, and no marks of
 * rounds; its load and CPU stand in its samples alone.
 */
export const proxmonStart = Date.UTC(2026, 3, 22, 20, 13, 19);
const at = (seconds: number, micros: string) =>
  new Date(proxmonStart + seconds * 1000).toISOString().replace(/\.\d+Z/, `.${micros}Z`);

function entry(seconds: number, command: string, result: string, body: string | null): string {
  const head = `===== ${at(seconds, '123456')} =====\n$ ${command}\n${result}`;
  return body === null ? `${head}\n\n` : `${head}  size=${Buffer.byteLength(body)}\n\n${body}\n\n`;
}

const script = 'sh -c \'for pool in $(zpool list -H -o name)\ndo\n  zpool status -j "$pool"\ndone\'';

export const proxmonCommands = [0, 30]
  .map((seconds) =>
    [
      entry(seconds, 'zpool list -j', 'exit=0  duration=12ms', '{"pools":{"tank":{"state":"ONLINE"}}}\n'),
      entry(seconds, script, 'exit=0  duration=40ms', '{"pools":{"tank":{"error_count":"0"}}}\n'),
      entry(seconds, 'smartctl -a -j /dev/sda', 'error={:enoent, "smartctl"}  duration=0ms', null),
      entry(
        seconds,
        'pvesh get /cluster/resources --output-format json',
        'exit=0  duration=900ms',
        '[{"id":"qemu/100 – ä"}]',
      ),
    ].join(''),
  )
  .join('');

function sample(seconds: number, kind: string, data: unknown): string {
  const text = JSON.stringify({ collected_at: at(seconds, '100200'), data }, null, 2);
  return `===== ${at(seconds, '123999')}  kind=${kind} =====\n${text}\n\n`;
}

export const proxmonSamples = [
  sample(0, 'fast', { host: { cpu_percent: 12.5, load1: 0.5, load5: 0.25, load15: 0.125 }, pools: [{ name: 'tank' }] }),
  sample(1, 'slow', { packages: { upgradable: 3 } }),
  sample(30, 'fast', { host: { cpu_percent: 99, load1: 4, load5: 2, load15: 1 }, pools: [{ name: 'tank' }] }),
].join('');
