import type { Pool, Vdev } from '../../../../contract/storage.ts';
import { cutText } from '../../cut-text.ts';
import { type JsonObject, objectOf, propertyOf } from './json-pools.ts';
import { roles } from './status-config.ts';
import { countOf, isGroupName, maxName, maxVdevs, wordsOf } from './values.ts';

interface Tree {
  readonly root: Pick<Pool, 'read_errors' | 'write_errors' | 'checksum_errors'>;
  readonly vdevs: Vdev[];
}

const maxDepth = 16;
const groups = /^(mirror|raidz|draid|replacing|spare|indirect|missing|hole)$/;
/** The words of `class`, where they are not those of the sections. */
const classes = new Map<unknown, Vdev['role']>([...roles, ['l2cache', 'cache'], ['spare', 'spare']]);

/**
 * The tree of one pool. `status` keeps logs, spares and the like beside `vdevs`, `list -v` inside of it as groups without a
 * name, and flat output has all of them in one object.
 */
export function parseJsonVdevs(pool: JsonObject): Tree {
  const vdevs: Vdev[] = [];
  let root: Tree['root'] = { read_errors: null, write_errors: null, checksum_errors: null };

  function walk(children: JsonObject, depth: number, role: Vdev['role']): void {
    if (depth > maxDepth) return;
    for (const [key, value] of Object.entries(children)) {
      if (vdevs.length >= maxVdevs) return;
      const vdev = objectOf(value);
      const section = roles.get(key);
      if (section !== undefined && vdev.vdev_type === undefined && vdev.name === undefined) {
        walk(vdev, depth, section);
      } else if (vdev.vdev_type === 'root' || (depth === 0 && isPool(pool, key, vdev))) {
        root = countersOf(vdev);
        walk(objectOf(vdev.vdevs), 0, 'data');
      } else {
        add(key, vdev, depth, role);
      }
    }
  }

  function add(key: string, vdev: JsonObject, depth: number, role: Vdev['role']): void {
    const name = cutText(wordsOf(vdev.name, maxName) ?? key, maxName);
    const own = classes.get(vdev.class) ?? role;
    const inside = objectOf(vdev.vdevs);
    const isGroup = Object.keys(inside).length > 0 || groups.test(String(vdev.vdev_type)) || isGroupName(name);
    vdevs.push({
      name,
      depth: depth + flatDepth(vdev),
      role: own,
      group: own !== 'spare' && isGroup,
      state: stateOf(vdev),
      ...countersOf(vdev),
      slow_ios: countOf(vdev.slow_ios),
      note: noteOf(vdev),
    });
    walk(inside, depth + 1, own);
  }

  /** Where all stand side by side: as many levels below as there are parents that were told before. */
  function flatDepth(vdev: JsonObject): number {
    const parent = typeof vdev.parent === 'string' ? vdevs.findLast(({ name }) => name === vdev.parent) : undefined;
    return parent === undefined ? 0 : parent.depth + 1;
  }

  walk(objectOf(pool.vdevs), 0, 'data');
  for (const name of ['dedup', 'special', 'logs', 'l2cache', 'cache', 'spares']) {
    walk(objectOf(pool[name]), 0, roles.get(name) ?? 'data');
  }
  return { root, vdevs };
}

/** The manual shows it without a type. */
function isPool(pool: JsonObject, key: string, vdev: JsonObject): boolean {
  return vdev.vdev_type === undefined && key === pool.name;
}

function countersOf(vdev: JsonObject): Tree['root'] {
  return {
    read_errors: countOf(vdev.read_errors),
    write_errors: countOf(vdev.write_errors),
    checksum_errors: countOf(vdev.checksum_errors),
  };
}

/** A spare is ONLINE by its state and AVAIL by its health; the manual says HEALTHY. */
function stateOf(vdev: JsonObject): string | null {
  const state = wordsOf(propertyOf(objectOf(vdev.properties), 'health'), 32) ?? wordsOf(vdev.state, 32);
  return state === 'HEALTHY' ? 'ONLINE' : state;
}

function noteOf(vdev: JsonObject): string | null {
  const was = wordsOf(vdev.was, maxName);
  const isCopied = wordsOf(vdev.resilvering, 16) !== null || vdev.resilvering === true;
  const notes = [wordsOf(vdev.aux, maxName), was === null ? null : `was ${was}`, isCopied ? '(resilvering)' : null];
  const told = notes.filter((note) => note !== null);
  return told.length === 0 ? null : cutText(told.join(', '), maxName);
}
