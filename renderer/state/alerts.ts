import { createAlertPace, moreAlerts } from '../../main/domain/present/alert-pace.ts';
import { alertWords } from '../../main/domain/present/health-words.ts';
import { link } from '../api/rackside.ts';
import { go } from './route.ts';

/** What the browser lets this page do; a shell with notifications of its own denies it. */
export function notifyPermission(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission;
}

/** Tells what begins and ends on hosts by the browser, where a person allowed it, until the signal aborts. */
export function watchAlerts(signal: AbortSignal): void {
  const pace = createAlertPace();
  void link.follow(
    (client, streamSignal) => client['health.alerts']({}, streamSignal),
    signal,
    ({ hostId, name, event }) => {
      if (notifyPermission() !== 'granted') return;
      const what = pace.take(performance.now());
      if (what === 'drop') return;
      const { title, body } = what === 'show' ? alertWords(name, event) : moreAlerts;
      // What is over takes the place of what began.
      const notification = new Notification(title, { body, tag: `${hostId} ${event.finding.id}` });
      notification.onclick = () => {
        window.focus();
        go({ view: 'host', hostId });
      };
    },
  );
}
