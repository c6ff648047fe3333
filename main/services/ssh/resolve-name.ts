import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { FaultError } from '../../contract/faults.ts';
import { inSeconds, within } from './deadline.ts';

const families = { any: 0, inet: 4, inet6: 6 } as const;

/** The addresses behind a name, in the order of the system's resolver. Faults are of the step `dns`. */
export async function resolveName(
  name: string,
  family: keyof typeof families,
  ms: number,
  signal: AbortSignal,
): Promise<string[]> {
  // An address may carry a zone (fe80::1%eth0), which isIP does not mind.
  if (isIP(name) !== 0) return [name];
  const wait = {
    ms,
    signal,
    step: 'dns',
    expired: `Looking up the name “${name}” took longer than ${inSeconds(ms)}: is a name server reachable?`,
  };
  try {
    const found = await within(lookup(name, { all: true, order: 'verbatim', family: families[family] }), wait);
    return found.map((one) => one.address);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw new FaultError('unreachable', 'dns', sentence(name, (error as NodeJS.ErrnoException).code), { cause: error });
  }
}

function sentence(name: string, code: string | undefined): string {
  if (code === 'ENOTFOUND') return `The name “${name}” is not known: check its spelling, or use an address.`;
  if (code === 'EAI_AGAIN')
    return `No name server answered for “${name}”: check this machine's network, or use an address.`;
  return `The name “${name}” could not be looked up (${code ?? 'no reason given'}).`;
}
