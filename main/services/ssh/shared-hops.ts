import { FaultError } from '../../contract/faults.ts';
import { isRetried } from '../../domain/policy/backoff.ts';
import { cancelled } from './deadline.ts';
import type { Link } from './link.ts';

/** A link through which others go. */
export interface HeldLink {
  readonly link: Link;
  letGo(): void;
}

export interface SharedHops {
  /**
   * The link to a hop: the one that is there, the one that somebody else is opening, or a new one. `open` gets a signal
   * that aborts when nobody wants the link any more. Throws what opening threw.
   */
  hold(key: string, open: (signal: AbortSignal) => Promise<Link>, signal: AbortSignal): Promise<HeldLink>;
  /** Closes those that nobody holds any more. */
  closeIdle(): void;
  /** Somebody wants it tried: what failed before may be mended now. */
  forgetRefusals(): void;
}

interface Hop {
  readonly abort: AbortController;
  readonly opened: Promise<Link>;
  holders: number;
  idle: NodeJS.Timeout | null;
}

/** Hosts behind a hop do not begin together: what it refused to one it is not asked again for the others. */
const refusalMs = 60_000;
/** A host behind it that is down is tried again at most this late, and a code from a token is not asked for anew. */
const lingerMs = 90_000;

/**
 * Jump hosts are signed in to once, however many hosts are behind them: one code from a token, one connection, one
 * line in their log.
 */
export function createSharedHops(): SharedHops {
  const hops = new Map<string, Hop>();
  const refusals = new Map<string, { error: FaultError; until: number }>();

  function begin(key: string, open: (signal: AbortSignal) => Promise<Link>): Hop {
    const abort = new AbortController();
    const hop: Hop = { abort, opened: open(abort.signal), holders: 0, idle: null };
    const forget = () => {
      if (hop.idle !== null) clearTimeout(hop.idle);
      if (hops.get(key) === hop) hops.delete(key);
    };
    hop.opened.then(
      (link) => link.onClose(forget),
      (error) => {
        forget();
        if (isRefusal(error)) refusals.set(key, { error, until: performance.now() + refusalMs });
      },
    );
    hops.set(key, hop);
    return hop;
  }

  function end(key: string, hop: Hop): void {
    if (hops.get(key) === hop) hops.delete(key);
    if (hop.idle !== null) clearTimeout(hop.idle);
    hop.abort.abort();
    hop.opened.then(
      (link) => link.close(),
      () => {},
    );
  }

  /** `opener`: its technician is the one who is asked; when it gives up, another one has to open the hop. */
  function hold(key: string, hop: Hop, opener: boolean): () => void {
    hop.holders++;
    if (hop.idle !== null) clearTimeout(hop.idle);
    hop.idle = null;
    let held = true;
    let open = false;
    hop.opened.then(
      () => {
        open = true;
      },
      () => {},
    );
    return () => {
      if (!held) return;
      held = false;
      hop.holders--;
      if (!open && (opener || hop.holders === 0)) return end(key, hop);
      if (hop.holders > 0) return;
      hop.idle = setTimeout(() => end(key, hop), lingerMs);
      hop.idle.unref();
    };
  }

  return {
    async hold(key, open, signal) {
      for (;;) {
        if (signal.aborted) throw cancelled('tcp');
        const refusal = refusals.get(key);
        if (refusal !== undefined && performance.now() < refusal.until) throw refusal.error;
        const there = hops.get(key);
        const hop = there ?? begin(key, open);
        const letGo = hold(key, hop, there === undefined);
        signal.addEventListener('abort', letGo, { once: true });
        try {
          const link = await hop.opened;
          if (signal.aborted) throw cancelled('tcp');
          return { link, letGo };
        } catch (error) {
          letGo();
          // Whoever was asked gave up; that is not our answer.
          const givenUp = error instanceof FaultError && error.fault.code === 'cancelled';
          if (there === undefined || !givenUp || signal.aborted) throw error;
        } finally {
          signal.removeEventListener('abort', letGo);
        }
      }
    },
    forgetRefusals: () => refusals.clear(),
    closeIdle() {
      for (const [key, hop] of hops) if (hop.holders === 0) end(key, hop);
    },
  };
}

/** What would be the same for whoever asks next. */
function isRefusal(error: unknown): error is FaultError {
  return error instanceof FaultError && error.fault.code !== 'cancelled' && !isRetried(error.fault.code);
}
