import { useEffect, useRef } from 'react';
import { dismissAllToasts, dismissToast, holdToasts, shownToasts, type Toast, useToasts } from '../state/toasts.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/**
 * Results, told where they move nothing: the page below is given as much room at its end as they take. Faults are said
 * at once, all else when the reader pauses; both places are there before there is anything to say.
 */
export function Toasts() {
  const { toasts } = useToasts();
  const shown = shownToasts(toasts);
  const earlier = toasts.length - shown.length;
  const section = useRef<HTMLElement>(null);
  useRoom(section);
  useFocusBack(section, toasts.length);
  return (
    <section
      ref={section}
      id="toasts"
      className="toasts"
      aria-label="Results"
      onPointerEnter={() => holdToasts(true)}
      onPointerLeave={(event) => holdToasts(event.currentTarget.contains(document.activeElement))}
      onFocus={() => holdToasts(true)}
      onBlur={(event) => holdToasts(event.currentTarget.matches(':hover'))}
    >
      {earlier > 0 && (
        <div className="toasts-more">
          <span className="faint">{earlier} earlier</span>
          <button type="button" className="button button-small" onClick={dismissAllToasts}>
            Dismiss all
          </button>
        </div>
      )}
      <Region toasts={shown} tone="fault" live="assertive" />
      <Region toasts={shown} tone="info" live="polite" />
    </section>
  );
}

function Region({
  toasts,
  tone,
  live,
}: {
  toasts: readonly Toast[];
  tone: Toast['tone'];
  live: 'polite' | 'assertive';
}) {
  return (
    <div className="toasts-region" aria-live={live} aria-relevant="additions">
      {toasts.map((toast) => toast.tone === tone && <OneToast key={toast.id} toast={toast} />)}
    </div>
  );
}

function OneToast({ toast }: { toast: Toast }) {
  const { id, tone, text, action, times } = toast;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      className={`toast toast-${tone}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        dismissToast(id);
      }}
    >
      <Icon name={tone === 'fault' ? 'warn' : 'check'} />
      <span className="toast-text selectable">
        {text}
        {times > 1 && <span className="faint"> × {times}</span>}
      </span>
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
          {action.key !== undefined && <kbd>{action.key}</kbd>}
        </button>
      )}
      <IconButton icon="close" label="Dismiss" quiet onClick={() => dismissToast(id)} />
    </div>
  );
}

/** Tells the stylesheet how high the toasts are, so that what they cover can be scrolled out from below them. */
function useRoom(section: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = section.current;
    if (element === null) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--toast-room', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => observer.disconnect();
  }, [section]);
}

/** Where the focus goes when the toast that had it is gone: to the next one, or to where it was before. */
function useFocusBack(section: React.RefObject<HTMLElement | null>, count: number): void {
  const before = useRef<HTMLElement | null>(null);
  const inside = useRef(false);
  useEffect(() => {
    const note = (event: FocusEvent) => {
      const target = event.target as HTMLElement;
      inside.current = section.current?.contains(target) === true;
      if (!inside.current) before.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [section]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a toast that goes is what it follows
  useEffect(() => {
    if (!inside.current || section.current?.contains(document.activeElement)) return;
    const next = section.current?.querySelector<HTMLElement>('button') ?? null;
    if (next === null) {
      inside.current = false;
      // The pointer may be gone with the toast, and nobody reads any more.
      holdToasts(false);
      (before.current?.isConnected === true ? before.current : document.getElementById('content'))?.focus();
    } else next.focus();
  }, [section, count]);
}
