import { expect, test } from 'vitest';
import type { HostView } from '../../contract/hosts.ts';
import type { Sample } from '../../contract/samples.ts';
import { createChanges } from './changes.ts';

const sample = (at: string): Sample => ({
  kind: 'fast',
  collected_at: at,
  data: { clock: { boot_id: null, uptime_seconds: null }, problems: {} },
});

function view(id: string, fast: Sample | null = null): HostView {
  return {
    host: { id, name: id, group: null, tags: [], target: { transport: 'local' }, addedAt: 0 },
    connection: { state: 'stopped', fault: null, since: 0 },
    recording: null,
    fast,
    medium: null,
    cadenceSeconds: 30,
  };
}

test('a reader is told everything once, and then only what changed since it was told something', () => {
  const changes = createChanges();
  const [a, b] = [view('a'), view('b')];
  changes.note({ now: 1, hosts: [a, b], warnings: [] });
  const first = changes.since(0, 10);
  const mark = first?.mark ?? 0;
  // What is built anew but says the same is no news.
  changes.note({ now: 2, hosts: [{ ...a, connection: { ...a.connection } }, b], warnings: [] });
  const none = changes.since(mark, 20);

  const [one, two] = [sample('1'), sample('2')];
  changes.note({ now: 3, hosts: [{ ...a, fast: one }, b], warnings: [] });
  changes.note({
    now: 4,
    hosts: [
      { ...a, fast: two },
      { ...b, cadenceSeconds: 2 },
    ],
    warnings: ['The disk is full.'],
  });
  const slow = changes.since(mark, 30);
  changes.note({ now: 5, hosts: [{ ...b, cadenceSeconds: 2 }, view('c')], warnings: ['The disk is full.'] });
  const moved = changes.since(slow?.mark ?? 0, 40);

  expect({ first: first?.change, none, slow: slow?.change, moved: moved?.change }).toEqual({
    first: {
      now: 10,
      order: ['a', 'b'],
      hosts: [
        { id: 'a', ...a },
        { id: 'b', ...b },
      ],
      warnings: [],
    },
    none: null,
    slow: {
      now: 30,
      order: null,
      hosts: [
        { id: 'a', fast: two },
        { id: 'b', cadenceSeconds: 2 },
      ],
      warnings: ['The disk is full.'],
    },
    moved: { now: 40, order: ['b', 'c'], hosts: [{ id: 'c', ...view('c') }], warnings: null },
  });
});

test('an empty fleet is told too', () => {
  const changes = createChanges();
  changes.note({ now: 1, hosts: [], warnings: [] });
  expect(changes.since(0, 5)).toEqual({ change: { now: 5, order: [], hosts: [], warnings: [] }, mark: 1 });
});
