import { dismissToast, useToasts } from '../state/toasts.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/** Results, told where they do not move anything. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <section className="toasts" aria-label="Results" aria-live="polite">
      {toasts.map(({ id, tone, text, action }) => (
        <div key={id} className={`toast toast-${tone}`}>
          <Icon name={tone === 'fault' ? 'warn' : 'check'} />
          <span>{text}</span>
          {action !== null && (
            <button
              type="button"
              className="button button-small"
              onClick={() => {
                dismissToast(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton icon="close" label="Dismiss" quiet onClick={() => dismissToast(id)} />
        </div>
      ))}
    </section>
  );
}
