import { useState } from 'react';
import { notifyPermission } from '../../state/alerts.ts';

/** A browser shows notifications of a page only once a person allowed it. */
export function NotifyPermission() {
  const [permission, setPermission] = useState(notifyPermission);
  if (permission !== 'default') return null;
  return (
    <p className="hint">
      This browser shows none of them yet.{' '}
      <button
        type="button"
        className="button button-small"
        onClick={() => void Notification.requestPermission().then(setPermission)}
      >
        Allow notifications
      </button>
    </p>
  );
}
