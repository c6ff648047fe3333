interface Countdown {
  leftMs: number;
  startedAt: number;
  timer: ReturnType<typeof setTimeout> | null;
}

export interface Counted {
  readonly id: number;
  /** How long it lasts in all. */
  readonly ms: number;
  /** False: its time stands still. */
  readonly runs: boolean;
}

/** Times that can stand still and go on. The function that is returned is told all that there are, again and again. */
export function createCountdowns(onEnd: (id: number) => void): (counted: readonly Counted[]) => void {
  const countdowns = new Map<number, Countdown>();

  function pause(countdown: Countdown): void {
    if (countdown.timer === null) return;
    clearTimeout(countdown.timer);
    countdown.timer = null;
    countdown.leftMs -= performance.now() - countdown.startedAt;
  }

  function run(id: number, countdown: Countdown): void {
    if (countdown.timer !== null) return;
    countdown.startedAt = performance.now();
    countdown.timer = setTimeout(() => {
      countdowns.delete(id);
      onEnd(id);
    }, countdown.leftMs);
  }

  return (counted) => {
    const known = new Set(counted.map(({ id }) => id));
    for (const [id, countdown] of countdowns) {
      if (known.has(id)) continue;
      pause(countdown);
      countdowns.delete(id);
    }
    for (const { id, ms, runs } of counted) {
      const countdown = countdowns.get(id) ?? { leftMs: ms, startedAt: 0, timer: null };
      countdowns.set(id, countdown);
      if (runs) run(id, countdown);
      else pause(countdown);
    }
  };
}
