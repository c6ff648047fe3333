/** How long each wait of a connection may take, in milliseconds, and what it may buffer, in bytes. */
export interface SshLimits {
  readonly dnsMs: number;
  readonly tcpMs: number;
  /** From the first byte to agreed keys; twice: once until the host names itself, once for the exchange. */
  readonly keyExchangeMs: number;
  /** Between two answers of the host; time that a technician takes to answer is not counted. */
  readonly authenticationMs: number;
  /** After a password or a code: it may be a telephone that somebody has to find first. */
  readonly secondFactorMs: number;
  readonly agentMs: number;
  /** Until a channel is open and the shell on it has answered. A busy rc file takes its time. */
  readonly channelMs: number;
  /** Where nothing was heard for so long, the host is asked for a sign of life. */
  readonly keepaliveMs: number;
  /** And where it gives none within this, the link is dead. */
  readonly aliveMs: number;
  /** What waits to be written to a channel; a program is a few kB, so more than this means that nothing flows. */
  readonly writeBytes: number;
  /** What a login shell may print before ours speaks; a message of the day is a few kB. */
  readonly noiseBytes: number;
}

export const sshLimits: SshLimits = {
  dnsMs: 10_000,
  tcpMs: 10_000,
  keyExchangeMs: 15_000,
  authenticationMs: 20_000,
  secondFactorMs: 90_000,
  agentMs: 5_000,
  channelMs: 20_000,
  // Longer than rounds are apart: what answers them is not asked besides.
  keepaliveMs: 6_000,
  aliveMs: 7_500,
  writeBytes: 4 << 20,
  noiseBytes: 256 << 10,
};
