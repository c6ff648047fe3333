/** Every way in which a call can fail. The list is closed: a new code is a decision, not a convenience. */
export const faultCodes = [
  'unreachable',
  'auth_failed',
  'host_key_unknown',
  'host_key_changed',
  'timeout',
  'cancelled',
  'bad_input',
  'bad_output',
  'not_found',
  'not_permitted',
  'checksum_mismatch',
  'signature_invalid',
  'busy',
  'disconnected',
  'internal',
] as const;

export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  code: FaultCode;
  /** What was being done, in a word or two: `tcp`, `key exchange`, `authentication`, `open dump`. */
  step: string;
  /** The host on the way that failed, where it was not the host itself. */
  hop?: string | undefined;
  /** One sentence that a technician can act on. Never holds a secret. */
  message: string;
}

/** Whether something that came over a wire is a fault of the list. */
export function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null) return false;
  const { code, step, hop, message } = value as Record<string, unknown>;
  const texts = [step, message, ...(hop === undefined ? [] : [hop])];
  return (faultCodes as readonly unknown[]).includes(code) && texts.every((text) => typeof text === 'string');
}

/** A fault on its way up the stack. What crosses a wire is `fault`; `cause` stays on this side. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(code: FaultCode, step: string, message: string, options: { cause?: unknown; hop?: string } = {}) {
    super(message, options);
    this.name = 'FaultError';
    this.fault = { code, step, message, ...(options.hop === undefined ? {} : { hop: options.hop }) };
  }

  /** What was told of, as something to throw. */
  static of({ code, step, message, hop }: Fault): FaultError {
    return new FaultError(code, step, message, hop === undefined ? {} : { hop });
  }
}

/**
 * The fault to report for anything thrown. An abort becomes `cancelled`; what is not a `FaultError` is a bug, and
 * says so as `internal` with its own message, so that it can be reported.
 */
export function toFault(error: unknown, step: string): Fault {
  if (error instanceof FaultError) return error.fault;
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', step, message: 'Cancelled.' };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', step, message: `This is a fault in Rackside itself: ${message}` };
}
