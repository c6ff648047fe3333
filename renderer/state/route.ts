import { createStore, useStore } from 'zustand';
import { clearCursor } from './cursor.ts';

export type Route =
  | { readonly view: 'fleet' }
  | { readonly view: 'host'; readonly hostId: string }
  /** The commands of a dump that is open; it is the host that it opened as. */
  | { readonly view: 'dump'; readonly hostId: string }
  | { readonly view: (typeof plainViews)[number] };

/** Views that are one place each, with their name as the address. */
const plainViews = ['diagnostics', 'settings'] as const;

/** The view that an address names; what is not known is the fleet. */
export function parseRoute(hash: string): Route {
  const [view, id] = hash.replace(/^#?\/?/, '').split('/');
  if ((view === 'host' || view === 'dump') && id !== undefined && id !== '') return { view, hostId: id };
  return { view: plainViews.find((plain) => plain === view) ?? 'fleet' };
}

export function routeHash(route: Route): string {
  if (route.view === 'host' || route.view === 'dump') return `#/${route.view}/${route.hostId}`;
  return route.view === 'fleet' ? '#/' : `#/${route.view}`;
}

export const routeStore = createStore<{ route: Route }>(() => ({ route: { view: 'fleet' } }));

/** An instant is one of a host: it means nothing on another's page. */
export function show(route: Route): void {
  if (routeHash(route) === routeHash(routeStore.getState().route)) return;
  if (hostOfRoute(route) !== hostOfRoute(routeStore.getState().route)) clearCursor();
  routeStore.setState({ route });
}

export function watchRoute(signal: AbortSignal): void {
  const read = () => show(parseRoute(location.hash));
  window.addEventListener('hashchange', read, { signal });
  // A busy page is given keys before it is told of a new address, and they are meant for what was gone to.
  window.addEventListener('keydown', read, { signal, capture: true });
  read();
}

export function go(route: Route): void {
  location.hash = routeHash(route);
}

/** The host that an address is about; null where it is about none. */
export function hostOfRoute(route: Route): string | null {
  return route.view === 'host' || route.view === 'dump' ? route.hostId : null;
}

export function useRoute(): Route {
  return useStore(routeStore, (state) => state.route);
}
