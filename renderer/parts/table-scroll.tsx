import type { ReactNode } from 'react';

interface TableScrollProps {
  /** Names what scrolls, for who reaches it by Tab. */
  readonly name: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A table that may be wider or higher than its place; the keyboard scrolls it too. */
export function TableScroll({ name, className, children }: TableScrollProps) {
  return (
    <section
      className={className === undefined ? 'table-scroll' : `table-scroll ${className}`}
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
