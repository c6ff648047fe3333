import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Icon } from './icon.tsx';

interface DialogProps {
  readonly title: ReactNode;
  /** What it is for, for who cannot see it; null where the title says it all. */
  readonly description?: string | null;
  readonly size?: 'small' | 'medium' | 'large';
  readonly onClose: () => void;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog. The shade is a plain element and not radix's Overlay: that one locks scrolling by injecting a
 * <style>, which the page's content policy refuses. Focus stays inside, Escape closes, and the focus goes back, which
 * radix does only for a trigger of its own.
 */
export function Dialog({ title, description = null, size = 'medium', onClose, onKeyDown, children }: DialogProps) {
  const [own] = useState(noteOpener);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="shade" aria-hidden="true" />
        <div className="dialog-place">
          <Radix.Content
            className={`dialog dialog-${size}`}
            onKeyDown={onKeyDown}
            onOpenAutoFocus={focusFirst}
            onCloseAutoFocus={(event) => focusOpener(event, own)}
            onInteractOutside={stayForToasts}
            {...(description === null ? { 'aria-describedby': undefined } : {})}
          >
            <header className="dialog-head">
              <Radix.Title className="dialog-title">{title}</Radix.Title>
              <Radix.Close className="button button-quiet button-icon" aria-label="Close">
                <Icon name="close" />
              </Radix.Close>
            </header>
            {description !== null && <Radix.Description className="unseen">{description}</Radix.Description>}
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What had the focus before the first of the dialogs that lead from one to the next. */
let opener: Element | null = null;

function noteOpener(): Element | null {
  const active = document.activeElement;
  if (active?.closest('.dialog') == null) opener = active;
  return active;
}

/** What gets the focus when the dialog that leads there has closed, and not what had it before. */
export function focusAfterDialog(element: Element | null): void {
  if (element !== null) opener = element;
}

/**
 * Where the opener is gone with its view, the next Tab begins at what is there now. From a dialog above another one the
 * focus goes back into that one.
 */
function focusOpener(event: Event, own: Element | null): void {
  event.preventDefault();
  const below = document.querySelector('.dialog');
  if (below !== null) {
    if (own instanceof HTMLElement && below.contains(own)) own.focus({ preventScroll: true });
    return;
  }
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  (isThere ? (opener as HTMLElement) : document.getElementById('content'))?.focus({ preventScroll: true });
}

/** Results stand above a dialog, and to dismiss one is no reason to close it. */
function stayForToasts(event: CustomEvent<{ originalEvent: Event }>): void {
  const { target } = event.detail.originalEvent;
  if (target instanceof Element && target.closest('.toasts') !== null) event.preventDefault();
}

/** Focus goes to what the dialog is for, and not to the button that closes it, which comes first in the page. */
function focusFirst(event: Event): void {
  const content = event.currentTarget as HTMLElement;
  const target =
    content.querySelector<HTMLElement>('[data-first]') ??
    content.querySelector<HTMLElement>('.dialog-head ~ * :is(input, [role="tab"][aria-selected="true"])');
  if (target === null) return;
  event.preventDefault();
  target.focus();
}
