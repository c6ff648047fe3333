import type { Fault, FaultCode } from '../../contract/faults.ts';

const delaysSeconds = [1, 2, 5, 10, 20, 30, 60] as const;
/** A try that reaches no server costs nobody anything: for some minutes a link that comes back is found at once. */
const unreachedSeconds = [1, 2, 3] as const;
const unreachedTries = 90;
/** Hosts that were lost together must not come back together. */
const jitter = 0.2;

/**
 * Failures of a first connection that trying again by itself would not mend, and might make worse: a locked account, a
 * filled log, a host without awk.
 */
const final: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'auth_failed',
  'host_key_unknown',
  'host_key_changed',
  'bad_input',
  'bad_output',
  'not_found',
  'not_permitted',
  'cancelled',
]);

/**
 * Milliseconds to wait before try number `attempt` (1 is the first again): 1, 2, 5, 10, 20, 30, then 60 s; while no
 * server was reached, 1, 2, then 3 s for the first minutes. Each is a fifth shorter or longer by `random` (0 to 1).
 */
export function reconnectDelayMs(attempt: number, fault: Fault, random: number): number {
  const delays = isUnreached(fault) && attempt <= unreachedTries ? unreachedSeconds : delaysSeconds;
  const index = Math.min(Math.max(1, attempt), delays.length) - 1;
  const spread = 1 - jitter + 2 * jitter * random;
  return Math.round((delays[index] as number) * 1000 * spread);
}

/** Whether the failure lies before any ssh server, that of a host on the way too: nobody need know of the try. */
export function isUnreached({ step, hop }: Fault): boolean {
  return hop === undefined && (step === 'dns' || step === 'tcp');
}

/** Whether a connection that failed with this, before it was ever live, is tried again without being told to. */
export function isRetried(code: FaultCode): boolean {
  return !final.has(code);
}
