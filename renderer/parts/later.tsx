import { type ComponentType, lazy, Suspense, useState } from 'react';

/** A part of the page whose code comes later than the page: when it is first drawn, or when it is fetched ahead. */
export type Later<Props extends object> = ComponentType<Props> & {
  /** Once that is done it is drawn at once, without a fallback for a frame; what fails is tried again when it is drawn. */
  fetch(): Promise<void>;
};

/** `fallback` stands for it until its code is there. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: React.ReactNode = null,
): Later<Props> {
  let component: ComponentType<Props> | null = null;
  function Drawn(props: Props) {
    // What was drawn while it was fetched stays what it is: another component would lose its state.
    const [Component] = useState(() => component ?? lazy(async () => ({ default: await load() })));
    return (
      <Suspense fallback={fallback}>
        <Component {...props} />
      </Suspense>
    );
  }
  async function fetch(): Promise<void> {
    component = await load();
  }
  return Object.assign(Drawn, { fetch });
}
