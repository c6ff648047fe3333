import { expect, test } from 'vitest';
import type { Glance, HostView } from '../../contract/hosts.ts';
import { createChanges } from './changes.ts';

const nothing = { cpu_percent: null, memory_percent: null, load: null, uptime_seconds: null, problems: {} };
const glanceAt = (at: number): Glance => ({ at, ...nothing });

function view(id: string, glance: Glance | null = null): HostView {
  return {
    host: { id, name: id, group: null, tags: [], target: { transport: 'local' }, addedAt: 0 },
    connection: { state: 'stopped', fault: null, since: 0 },
    recording: null,
    ring: null,
    health: null,
    glance,
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

  const [one, two] = [glanceAt(1), glanceAt(2)];
  changes.note({ now: 3, hosts: [{ ...a, glance: one }, b], warnings: [] });
  changes.note({
    now: 4,
    hosts: [
      { ...a, glance: two },
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
      glances: [],
      warnings: [],
    },
    none: null,
    slow: {
      now: 30,
      order: null,
      hosts: [{ id: 'b', cadenceSeconds: 2 }],
      glances: [[0, 28, null, null, null, null]],
      warnings: ['The disk is full.'],
    },
    moved: { now: 40, order: ['b', 'c'], hosts: [{ id: 'c', ...view('c') }], glances: [], warnings: null },
  });
});

test('an empty fleet is told too', () => {
  const changes = createChanges();
  changes.note({ now: 1, hosts: [], warnings: [] });
  expect(changes.since(0, 5)).toEqual({ change: { now: 5, order: [], hosts: [], glances: [], warnings: [] }, mark: 1 });
});

test('a glance is told by the place of its host, and as a part of it only when it is gone', () => {
  const changes = createChanges();
  const [a, b] = [view('a'), view('b', glanceAt(7))];
  changes.note({ now: 1, hosts: [a, b], warnings: [] });
  const first = changes.since(0, 10);
  changes.note({ now: 2, hosts: [a, { ...b, glance: null }], warnings: [] });
  const { glance: _packed, ...parts } = b;
  expect({ first: first?.change, gone: changes.since(first?.mark ?? 0, 20)?.change }).toEqual({
    first: {
      now: 10,
      order: ['a', 'b'],
      hosts: [
        { id: 'a', ...a },
        { id: 'b', ...parts },
      ],
      glances: [[1, 3, null, null, null, null]],
      warnings: [],
    },
    gone: { now: 20, order: null, hosts: [{ id: 'b', glance: null }], glances: [], warnings: null },
  });
});
