import { type ReactNode, useEffect, useRef } from 'react';
import type { Kind } from '../../main/contract/samples.ts';
import { numberBeside } from '../state/number-moves.ts';
import { askForSource, type ReadingPath } from '../state/source-question.ts';

interface TracedAreaProps
  extends React.AriaAttributes,
    Pick<React.HTMLAttributes<HTMLDivElement>, 'role' | 'tabIndex'> {
  readonly hostId: string;
  readonly className: string;
  readonly children: ReactNode;
  readonly 'data-first'?: true | undefined;
}

/**
 * Hears for all numbers within that are `Traced`. The Tab key stops at one of them in each section, the one that was
 * there last; arrows lead to the others.
 */
export function TracedArea({ hostId, children, ...attributes }: TracedAreaProps) {
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const observer = new MutationObserver(() => keepStops(element));
    observer.observe(element, { childList: true, subtree: true });
    keepStops(element);
    return () => observer.disconnect();
  }, []);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const number = numberOf(event.target);
    if (number === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?' || event.key === 'Enter' || event.key === ' ') ask(hostId, number);
    else if (!moveFrom(number, event.key)) return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears for the numbers within, which are buttons
    <div
      {...attributes}
      ref={area}
      onClick={({ target }) => {
        const number = numberOf(target);
        // Who selects text to copy it wants nothing else.
        if (number !== null && getSelection()?.isCollapsed !== false) ask(hostId, number);
      }}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        const number = numberOf(target);
        if (number !== null) stopAt(number, numbersBeside(number));
      }}
    >
      {children}
    </div>
  );
}

const numbers = '[data-paths]';

function numberOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(numbers) : null;
}

function sectionOf(number: HTMLElement): Element {
  return number.closest('section, [role="dialog"]') ?? document.body;
}

/** The numbers of the same section, itself among them; those of a section within are another's. */
function numbersBeside(number: HTMLElement): HTMLElement[] {
  const section = sectionOf(number);
  return [...section.querySelectorAll<HTMLElement>(numbers)].filter((one) => sectionOf(one) === section);
}

/** Rows come and go, and with them the number that Tab would have stopped at. */
function keepStops(area: HTMLElement): void {
  const bySection = Map.groupBy(area.querySelectorAll<HTMLElement>(numbers), sectionOf);
  for (const [first, ...others] of bySection.values()) {
    if (first !== undefined && ![first, ...others].some(({ tabIndex }) => tabIndex === 0)) first.tabIndex = 0;
  }
}

function stopAt(number: HTMLElement, beside: readonly HTMLElement[]): void {
  for (const other of beside) if (other !== number && other.tabIndex === 0) other.tabIndex = -1;
  number.tabIndex = 0;
}

/** Answers whether the key is one that moves. */
function moveFrom(number: HTMLElement, key: string): boolean {
  if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key)) return false;
  const beside = numbersBeside(number);
  const boxes = beside.map((one) => one.getBoundingClientRect());
  const to = numberBeside(boxes, beside.indexOf(number), key);
  beside[to ?? -1]?.focus();
  return true;
}

function ask(hostId: string, number: HTMLElement): void {
  const { paths = '[]', plus = '[]', how = null, kind, at } = number.dataset;
  askForSource({
    hostId,
    kind: kind as Kind,
    collectedAt: at ?? '',
    paths: JSON.parse(paths) as ReadingPath[],
    plus: JSON.parse(plus) as ReadingPath[],
    how,
    text: number.textContent ?? '',
  });
}
