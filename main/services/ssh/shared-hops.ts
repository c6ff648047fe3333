import { FaultError } from '../../contract/faults.ts';
import { cancelled } from './deadline.ts';
import type { Link } from './link.ts';

/** A link through which others go. It lives until the last of those who hold it lets go. */
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
}

interface Hop {
  readonly abort: AbortController;
  readonly opened: Promise<Link>;
  holders: number;
}

/**
 * Jump hosts are signed in to once, however many hosts are behind them: one code from a token, one connection, one
 * line in their log.
 */
export function createSharedHops(): SharedHops {
  const hops = new Map<string, Hop>();

  function begin(key: string, open: (signal: AbortSignal) => Promise<Link>): Hop {
    const abort = new AbortController();
    const hop: Hop = { abort, opened: open(abort.signal), holders: 0 };
    const forget = () => {
      if (hops.get(key) === hop) hops.delete(key);
    };
    hop.opened.then((link) => link.onClose(forget), forget);
    hops.set(key, hop);
    return hop;
  }

  return {
    async hold(key, open, signal) {
      for (;;) {
        if (signal.aborted) throw cancelled('tcp');
        const there = hops.get(key);
        const hop = there ?? begin(key, open);
        hop.holders++;
        let held = true;
        const letGo = () => {
          if (!held) return;
          held = false;
          signal.removeEventListener('abort', letGo);
          if (--hop.holders > 0) return;
          if (hops.get(key) === hop) hops.delete(key);
          hop.abort.abort();
          hop.opened.then(
            (link) => link.close(),
            () => {},
          );
        };
        signal.addEventListener('abort', letGo, { once: true });
        try {
          const link = await hop.opened;
          if (signal.aborted) throw cancelled('tcp');
          signal.removeEventListener('abort', letGo);
          return { link, letGo };
        } catch (error) {
          letGo();
          // Whoever was asked gave up; that is not our answer.
          const givenUp = error instanceof FaultError && error.fault.code === 'cancelled';
          if (there === undefined || !givenUp || signal.aborted) throw error;
        }
      }
    },
  };
}
