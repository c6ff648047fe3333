import { setTimeout as pause } from 'node:timers/promises';
import { Notification } from 'electron';
import { consoleContract } from '../../contract/console.ts';
import { createClient } from '../../contract/rpc/client.ts';
import type { Wire } from '../../contract/rpc/wire.ts';
import { createAlertPace, moreAlerts } from '../../domain/present/alert-pace.ts';
import { alertWords } from '../../domain/present/health-words.ts';

const retryMs = 5000;
/** Of those that nobody touched, so many can still be clicked on. */
const mostHeld = 50;

/** Tells the desktop what begins and ends on hosts, until the signal aborts; `onClick` gets the host's id. */
export async function tellAlerts(
  connect: () => Wire,
  signal: AbortSignal,
  onClick: (hostId: string | null) => void,
): Promise<void> {
  if (!Notification.isSupported()) return;
  const pace = createAlertPace();
  // Electron itself holds none: one that is collected is still seen, and a click on it leads nowhere.
  const held = new Set<Notification>();
  const tell = (words: { title: string; body: string }, hostId: string | null) => {
    const notification = new Notification(words);
    notification.on('click', () => {
      held.delete(notification);
      onClick(hostId);
    });
    notification.on('close', () => held.delete(notification));
    held.add(notification);
    for (const oldest of [...held].slice(0, -mostHeld)) held.delete(oldest);
    notification.show();
  };
  while (!signal.aborted) {
    const wire = connect();
    try {
      for await (const { hostId, name, event } of createClient(consoleContract, wire)['health.alerts']({}, signal)) {
        const what = pace.take(performance.now());
        if (what === 'show') tell(alertWords(name, event), hostId);
        else if (what === 'tell more') tell(moreAlerts, null);
      }
    } catch {
      // The console that was attached to has ended, or this one is ending: the page tells of that.
    } finally {
      wire.close();
    }
    await pause(retryMs, undefined, { signal }).catch(() => {});
  }
}
