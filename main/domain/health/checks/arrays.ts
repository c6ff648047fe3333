import type { SampleData } from '../../../contract/samples.ts';
import type { Pool } from '../../../contract/storage.ts';
import { btrfsCounters, btrfsTrouble, isRebuilding, raidTrouble } from '../../present/arrays.ts';
import { type PoolFinding, poolFindings } from '../../present/pools.ts';
import { formatPercent } from '../../present/units.ts';
import type { Asked, Check, Found } from '../found.ts';

/** Pools of ZFS, arrays of md, file systems of btrfs. */
export const checkArrays: Check = (data, asked) => [
  ...pools(data, asked),
  ...raids(data, asked),
  ...btrfs(data, asked),
];

/** What is known only where a pool's devices are. */
const byDevices: readonly PoolFinding['about'][] = ['devices', 'files', 'errors found', 'repair', 'pause', 'scrub'];

/** At most so many devices are named in a line. */
const maxNamed = 4;

function pools({ zfs }: SampleData, asked: Asked): Found[] {
  return (zfs?.pools ?? []).flatMap((pool, at) => {
    // Of one that hangs, no more is told than its state.
    if (pool.vdevs.length === 0) asked.unknown(...byDevices.map((about) => `pool/${pool.name}/${about}`));
    const found = poolFindings(pool, asked.now, (used) => asked.level(`pool/${pool.name}/space`, 'filesystem', used));
    const ofDevices = found.filter(({ about }) => about === 'state' || about === 'devices');
    const others = found.filter((one) => !ofDevices.includes(one));
    const devices = ofDevices.length === 0 ? [] : [together(pool, ofDevices)];
    return [...devices, ...others].map(({ level, about, path, text }): Found => {
      const place = ['zfs', 'pools', at, ...path];
      const words = about === 'devices' ? text : `pool ${pool.name}: ${text}`;
      return { id: `pool/${pool.name}/${about}`, severity: level, text: words, collector: 'zfs', path: place };
    });
  });
}

/** The state of a pool and the devices that make it so are one trouble: `pool tank DEGRADED: sdc 12 checksum errors`. */
function together(pool: Pool, found: readonly PoolFinding[]): PoolFinding {
  const [first] = found as [PoolFinding];
  const state = found.find(({ about }) => about === 'state');
  const devices = found.filter(({ about }) => about === 'devices').map(({ text }) => text);
  const more = devices.length > maxNamed ? [`and ${devices.length - maxNamed} more`] : [];
  const named = [...devices.slice(0, maxNamed), ...more].join(', ');
  const head = state === undefined ? `pool ${pool.name}` : `pool ${pool.name} ${state.text}`;
  return { ...first, about: 'devices', text: named === '' ? head : `${head}: ${named}` };
}

function raids({ raids: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.list ?? []).flatMap((array, at): Found[] => {
    const path = ['raids', 'list', at];
    const found: Found[] = [];
    const wrong = raidTrouble(array);
    if (wrong === null && array.degraded === null) asked.unknown(`raid/${array.name}`);
    if (wrong !== null) {
      const place = [...path, array.degraded === true ? 'active_disks' : 'state'];
      const text = `array ${array.name} ${wrong}`;
      found.push({ id: `raid/${array.name}`, severity: 'bad', text, collector: 'raids', path: place });
    }
    if (array.sync !== null && isRebuilding(array)) {
      const { action, waiting, progress_percent: progress } = array.sync;
      const done = waiting ? 'waits' : progress === null ? 'under way' : `${formatPercent(progress, 1)} done`;
      const place = [...path, 'sync', 'progress_percent'];
      const text = `array ${array.name}: ${action} ${done}`;
      found.push({ id: `raid/${array.name}/sync`, severity: 'warn', text, collector: 'raids', path: place });
    }
    return found;
  });
}

function btrfs({ btrfs: reading }: SampleData, asked: Asked): Found[] {
  return (reading?.list ?? []).flatMap(({ uuid, label, devices }, at) =>
    devices.flatMap((device, place): Found[] => {
      const trouble = btrfsTrouble(device);
      if (btrfsCounters.every(([key]) => device[key] === null)) asked.unknown(`btrfs/${uuid}/${device.id}`);
      if (trouble === null) return [];
      const { key, level: severity, words } = trouble;
      const path = ['btrfs', 'list', at, 'devices', place, key];
      const text = `btrfs ${label ?? uuid}: ${device.path ?? `device ${device.id}`} ${words}`;
      return [{ id: `btrfs/${uuid}/${device.id}`, severity, text, collector: 'btrfs', path }];
    }),
  );
}
