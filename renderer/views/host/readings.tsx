import { memo, type ReactNode } from 'react';
import type { HostView } from '../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../main/contract/samples.ts';
import type { HostPanelId, HostPanels } from '../../../main/domain/present/host-panels.ts';
import { sampleWith } from '../../state/reading-sample.ts';
import { AbsentLine } from './absent-line.tsx';
import { Filesystems } from './filesystems.tsx';
import { BackupsPanel } from './guests/backups-panel.tsx';
import { ContainersPanel } from './guests/containers-panel.tsx';
import { GuestsPanel } from './guests/guests-panel.tsx';
import { ProxmoxPanel } from './guests/proxmox-panel.tsx';
import { TimersPanel } from './guests/timers-panel.tsx';
import { UnitsPanel } from './guests/units-panel.tsx';
import { AddressesPanel } from './machine/addresses-panel.tsx';
import { ListenersPanel } from './machine/listeners-panel.tsx';
import { MachinePanel } from './machine/machine-panel.tsx';
import { PeoplePanel } from './machine/people-panel.tsx';
import { GpusPanel, UpsPanel } from './machine/power-panels.tsx';
import { UpdatesPanel } from './machine/updates-panel.tsx';
import { BtrfsPanel } from './storage/btrfs-panel.tsx';
import { DatasetsPanel } from './storage/datasets-panel.tsx';
import { LvmPanel } from './storage/lvm-panel.tsx';
import { PoolsPanel } from './storage/pools-panel.tsx';
import { RaidsPanel } from './storage/raids-panel.tsx';
import { SmartPanel } from './storage/smart-panel.tsx';

interface ReadingsProps {
  readonly view: HostView;
  readonly panels: HostPanels;
  /** The samples that are shown but the fast one. */
  readonly rounds: readonly (Sample | null)[];
}

/** Panels that need less than the page's width: on a wide one two stand side by side. */
const narrow: ReadonlySet<HostPanelId> = new Set([
  ...(['raids', 'lvm', 'backups', 'proxmox', 'timers', 'updates', 'ups', 'gpus'] as const),
  ...(['machine', 'addresses', 'listeners', 'people'] as const),
]);

type Of = (key: Exclude<keyof SampleData, 'clock' | 'problems'>) => Sample | null;

const panelViews: Readonly<Record<HostPanelId, (view: HostView, of: Of) => ReactNode>> = {
  pools: (view, of) => <PoolsPanel view={view} sample={of('zfs')} />,
  raids: (view, of) => <RaidsPanel view={view} sample={of('raids')} />,
  btrfs: (view, of) => <BtrfsPanel view={view} sample={of('btrfs')} />,
  lvm: (view, of) => <LvmPanel view={view} sample={of('lvm')} />,
  filesystems: (view, of) => <Filesystems view={view} sample={of('filesystems')} />,
  datasets: (view, of) => <DatasetsPanel view={view} sample={of('datasets')} />,
  smart: (view, of) => <SmartPanel view={view} sample={of('smart')} />,
  guests: (view, of) => <GuestsPanel view={view} sample={of('proxmox')} />,
  proxmox: (view, of) => <ProxmoxPanel view={view} sample={of('proxmox')} />,
  backups: (view, of) => (
    <BackupsPanel view={view} sample={of('backups')} guests={of('proxmox')?.data.proxmox?.guests ?? noGuests} />
  ),
  containers: (view, of) => <ContainersPanel view={view} sample={of('containers')} />,
  units: (view, of) => <UnitsPanel view={view} sample={of('units')} />,
  timers: (view, of) => <TimersPanel view={view} sample={of('timers')} />,
  updates: (view, of) => <UpdatesPanel view={view} sample={of('updates')} />,
  ups: (view, of) => <UpsPanel view={view} sample={of('ups')} />,
  gpus: (view, of) => <GpusPanel view={view} sample={of('gpus')} />,
  machine: (view, of) => <MachinePanel view={view} sample={of('system')} modules={of('memory_modules')} />,
  addresses: (view, of) => <AddressesPanel view={view} sample={of('addresses')} />,
  listeners: (view, of) => <ListenersPanel view={view} sample={of('listeners')} />,
  people: (view, of) => (
    <PeoplePanel view={view} sessions={of('sessions')} logins={of('logins')} accounts={of('accounts')} />
  ),
};

const noGuests: readonly never[] = [];

/** What a host says every few minutes, twice an hour or once a day: a panel for each part that it has, one line for what it has not. */
export const Readings = memo(function Readings({ view, panels, rounds }: ReadingsProps) {
  return (
    <div className="readings">
      {panels.shown.map(({ id }) => (
        <div key={id} className={narrow.has(id) ? 'reading-part reading-narrow' : 'reading-part'}>
          {panelViews[id](view, (key) => sampleWith(key, rounds))}
        </div>
      ))}
      <AbsentLine absent={panels.absent} rounds={rounds} />
    </div>
  );
});
