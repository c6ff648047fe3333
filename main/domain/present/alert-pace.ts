/** Keeps a desktop readable when a whole rack fails at once: so many in a minute, and then one that says there is more. */
export interface AlertPace {
  /** What to do with an alert that comes now, in milliseconds of any clock. */
  take(now: number): 'show' | 'tell more' | 'drop';
}

const most = 5;
const spanMs = 60_000;

export function createAlertPace(): AlertPace {
  let shown: number[] = [];
  let toldMore = false;
  return {
    take: (now) => {
      shown = shown.filter((at) => now - at < spanMs);
      if (shown.length < most) {
        shown.push(now);
        toldMore = false;
        return 'show';
      }
      if (toldMore) return 'drop';
      toldMore = true;
      return 'tell more';
    },
  };
}

export const moreAlerts = { title: 'Rackside', body: 'More begins or ends on other hosts: the fleet tells all of it.' };
