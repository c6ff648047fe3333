import { liveStore } from './live.ts';

/** Goes to a part of the page by its heading's id, which takes the focus, so that Tab goes on from there. */
export function jumpTo(id: string): void {
  const heading = document.getElementById(id);
  if (heading === null) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
}

/** Puts the focus on the host page's index, at the part that was gone to last. */
export function focusIndex(): void {
  const index = document.getElementById('host-index');
  index?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  index?.scrollIntoView({ block: 'center' });
}

/** Whether the host that is shown has said anything that the index tells of. */
export function hasIndex(): boolean {
  const { medium, slow, daily } = liveStore.getState();
  return [medium, slow, daily].some((sample) => sample !== null);
}

/** A part of the page that is shown. */
export interface PagePart {
  /** Of its heading. */
  readonly id: string;
  readonly title: string;
}

/** The parts of a host's page as they stand on it; none on every other page. */
export function pageParts(): PagePart[] {
  const parts = document.querySelectorAll<HTMLElement>('.view.host :is(section > h2[id], section[id][aria-label])');
  return [...parts].map((part) => ({
    id: part.id,
    title: part.ariaLabel ?? part.firstChild?.textContent?.trim() ?? part.id,
  }));
}
