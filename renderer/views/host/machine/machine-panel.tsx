import { useMemo } from 'react';
import type { HostView } from '../../../../main/contract/hosts.ts';
import type { Sample, SampleData } from '../../../../main/contract/samples.ts';
import { formatBytes, formatCount, formatDateTime, unknown } from '../../../../main/domain/present/units.ts';
import { visible } from '../../../../main/domain/present/words.ts';
import { NotTold } from '../../../parts/reading-panel.tsx';
import { type ReadingColumn, ReadingTable } from '../../../parts/reading-table.tsx';
import { Traced, TracedFrom } from '../../../parts/traced.tsx';
import { zoneAt } from '../../../state/clock.ts';
import { placed } from '../../../state/reading-rows.ts';
import { Words } from '../cells.tsx';
import { columnsOf } from '../reading-columns.tsx';
import { SlowPanel } from '../slow-panel.tsx';

type System = NonNullable<SampleData['system']>;
type Module = NonNullable<SampleData['memory_modules']>['list'][number];

const { number, words } = columnsOf<Module>('memory_modules', 'list');
const columns: readonly ReadingColumn<Module>[] = [
  words('slot', 'Slot', 7, { grow: 2, className: 'mono' }),
  number('size_bytes', 'Size', 5, formatBytes),
  words('type', 'Type', 4.5),
  number('speed_mts', 'Speed', 6.5, (speed) => (speed === null ? unknown : `${formatCount(speed)} MT/s`)),
  words('maker', 'Maker', 6, { grow: 1 }),
  words('part', 'Part', 8, { grow: 2, className: 'mono faint' }),
];

const path = (key: keyof System) => ['system', key];

interface MachinePanelProps {
  readonly view: HostView;
  readonly sample: Sample | null;
  readonly modules: Sample | null;
}

/** What the machine is: its system, its processor, its make, and the memory that is in it. */
export function MachinePanel({ view, sample, modules }: MachinePanelProps) {
  const system = sample?.data.system ?? null;
  return (
    <SlowPanel view={view} id="machine" title="Machine" collector="system" sample={sample}>
      {system !== null && <Facts system={system} />}
      <TracedFrom sample={modules}>
        <Modules sample={modules} />
      </TracedFrom>
    </SlowPanel>
  );
}

function Facts({ system }: { system: System }) {
  const { sockets, cores, threads, booted_epoch_seconds: booted } = system;
  const words = (key: 'os' | 'kernel' | 'cpu_model' | 'virtualization' | 'bios' | 'hostname' | 'architecture') => (
    <Words path={path(key)} text={system[key]} className="selectable" />
  );
  const make = [system.vendor, system.product].filter((part) => part !== null).join(' ');
  return (
    <dl className="facts panel-columns">
      <Fact name="System">{words('os')}</Fact>
      <Fact name="Kernel">
        {words('kernel')} <span className="faint">{words('architecture')}</span>
      </Fact>
      <Fact name="Host name">{words('hostname')}</Fact>
      <Fact name="Processor">
        {words('cpu_model')}{' '}
        <span className="faint">
          <Traced path={path('sockets')}>{`${formatCount(sockets)} ${sockets === 1 ? 'socket' : 'sockets'}`}</Traced>,{' '}
          <Traced path={path('cores')}>{`${formatCount(cores)} cores`}</Traced>,{' '}
          <Traced path={path('threads')}>{`${formatCount(threads)} threads`}</Traced>
        </span>
      </Fact>
      <Fact name="Made by">
        <Words path={path('vendor')} also={[path('product')]} text={make} className="selectable" />
      </Fact>
      <Fact name="Firmware">{words('bios')}</Fact>
      <Fact name="Runs in">
        <Words
          path={path('virtualization')}
          text={system.virtualization === 'none' ? 'nothing: bare metal' : system.virtualization}
        />
      </Fact>
      <Fact name="Booted">
        <Traced path={path('booted_epoch_seconds')} className="number">
          {booted === null ? unknown : formatDateTime(booted * 1000, zoneAt(booted * 1000)).slice(0, 16)}
        </Traced>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Modules({ sample }: { sample: Sample | null }) {
  const reading = sample?.data.memory_modules ?? null;
  const rows = useMemo(() => placed(reading?.list ?? []), [reading]);
  const problem = sample?.data.problems.memory_modules;
  if (reading === null) {
    // A VM has none, and that is no news.
    return problem?.status === 'failed' ? <NotTold sample={sample} collector="memory_modules" /> : null;
  }
  return (
    <>
      <ReadingTable name="Memory modules" columns={columns} rows={rows} keyOf={({ slot }, at) => `${slot} ${at}`} />
      {reading.free_slots > 0 && (
        <p className="faint">
          <Traced path={['memory_modules', 'free_slots']}>{visible(`${reading.free_slots}`)}</Traced>{' '}
          {reading.free_slots === 1 ? 'slot is' : 'slots are'} free
        </p>
      )}
    </>
  );
}
