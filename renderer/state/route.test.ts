import { afterEach, expect, test, vi } from 'vitest';
import { go, routeStore, show, watchRoute } from './route.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  show({ view: 'fleet' });
});

test('a key that comes before the page is told of a new address is for what was gone to', () => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('location', { hash: '' });
  const end = new AbortController();
  watchRoute(end.signal);
  go({ view: 'host', hostId: 'a' });
  window.dispatchEvent(new Event('keydown'));
  const { route } = routeStore.getState();
  expect(route).toEqual({ view: 'host', hostId: 'a' });
  window.dispatchEvent(new Event('hashchange'));
  expect(routeStore.getState().route).toBe(route);
  end.abort();
});
