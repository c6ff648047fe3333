import type { Standing } from '../../contract/health.ts';
import type { Kind } from '../../contract/samples.ts';
import { visible } from '../../domain/present/words.ts';

/** What one host answered; `missing` are the kinds of samples that did not come in time. */
export interface HostHealth {
  readonly host: string;
  readonly state: 'ok' | 'warn' | 'bad' | 'unknown';
  readonly findings: readonly Standing[];
  readonly missing: readonly Kind[];
  /** Why it could not be asked. */
  readonly fault: string | null;
}

/** The host, and a line for each thing that is wrong, worst first. */
export function healthText({ host, state, findings, missing, fault }: HostHealth): string {
  const name = visible(host, 120);
  if (state === 'unknown') return `${name}: could not be asked: ${visible(fault ?? '', 400)}\n`;
  const rest = missing.length === 0 ? '' : ` (no ${missing.join(' and no ')} sample came in time)`;
  const head = findings.length === 0 ? `${name}: nothing is wrong${rest}` : `${name}:${rest}`;
  return [head, ...findings.map(({ severity, text }) => `  ${severity.padEnd(4)}  ${visible(text, 300)}`), ''].join(
    '\n',
  );
}

/** 4 where anything is bad, else 1 where a host could not be asked, else 3 where something is worth a look; else 0. */
export function healthExit(hosts: readonly HostHealth[]): 0 | 1 | 3 | 4 {
  const some = (state: HostHealth['state']) => hosts.some((one) => one.state === state);
  if (some('bad')) return 4;
  if (some('unknown')) return 1;
  return some('warn') ? 3 : 0;
}
