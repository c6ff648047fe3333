import { parse } from 'smol-toml';
import type { DumpOnHost } from '../../../contract/dumps-on-hosts.ts';
import type { Transport } from '../../../domain/collect/transport.ts';
import { configScript, dumpDirectoryOf, findScript, readConfigs, readFound } from '../../../domain/dump/agent-dumps.ts';

export interface FoundOnHost {
  dumps: DumpOnHost[];
  /** Where it was looked: a directory, and the configuration of an agent that names it; null: a person did. */
  looked: { directory: string; config: string | null }[];
}

const answerMs = 20_000;
const maxBytes = 1 << 20;

/** Looks where the agents of a host write their dumps, by their configurations, and where a person says. */
export async function findOnHost(
  transport: Transport,
  directories: readonly string[],
  signal: AbortSignal,
): Promise<FoundOnHost> {
  const run = async (script: string) => {
    const { stdout } = await transport.run(script, { deadlineMs: answerMs, maxBytes, signal });
    return stdout;
  };
  const configured = readConfigs(await run(configScript)).flatMap(({ path, text }) => {
    const directory = dumpDirectoryOf(tomlOf(text));
    return directory === null ? [] : [{ directory, config: path }];
  });
  const looked = [...configured, ...directories.map((directory) => ({ directory, config: null }))];
  if (looked.length === 0) return { dumps: [], looked };
  const printed = await run(findScript([...new Set(looked.map(({ directory }) => directory))]));
  return { dumps: readFound(new TextDecoder().decode(printed)), looked };
}

/** Null for what is no TOML. */
function tomlOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
