import { describe, expect, test } from 'vitest';
import { containersSchema } from '../../../../contract/guests.ts';
import { record, run } from '../round-fixture.ts';
import { containers } from './containers.ts';

const web = 'a'.repeat(64);
const worker = 'b'.repeat(64);
const bytes = (text: string) => new TextEncoder().encode(text);
const container = {
  ...{ engine: 'docker', image: null, status: null, health: null, exit_code: null, restarts: null, oom_killed: null },
  ...{ up_seconds: null, cpu_percent: null, memory_bytes: null, memory_limit_bytes: null },
};

const docker = (cpu: number) => `1704672060
listed
{"Command":"\\"nginx\\"","ID":"${web}","Image":"nginx:1","Names":"web","State":"running","Status":"Up 1 minute (unhealthy)"}
{"ID":"${worker}","Image":"job","Names":"worker","Status":"Restarting (137) 2 seconds ago"}
${web} 0 false 0 "2024-01-08T00:00:00.123456789Z"
${worker} 41 true 137 "2024-01-08T00:00:50Z"
system.slice/docker-${web}.scope/cpu.stat:usage_usec ${cpu}
system.slice/docker-${web}.scope/memory.current:5000
system.slice/docker-${web}.scope/memory.max:9000
system.slice/docker-${web}.scope/memory.stat:inactive_file 1000
`;

describe('docker', () => {
  test('state, health, a crash loop, CPU and memory', () => {
    const first = run(containers, { 'containers.docker': docker(1_000_000) });
    const next = run(containers, { 'containers.docker': docker(6_000_000) }, { previous: first.state, elapsed: 10 });
    expect(next.status === 'ok' && containersSchema.parse(next.value)).toEqual({
      ...{ engines: ['docker'], unread: [] },
      list: [
        {
          ...container,
          ...{ id: web, name: 'web', image: 'nginx:1', state: 'running', status: 'Up 1 minute (unhealthy)' },
          ...{ health: 'unhealthy', restarts: 0, oom_killed: false, up_seconds: 1_704_672_060 - 1_704_672_000.123 },
          ...{ cpu_percent: 50, memory_bytes: 4000, memory_limit_bytes: 9000 },
        },
        {
          ...container,
          ...{ id: worker, name: 'worker', image: 'job', state: 'restarting', exit_code: 137 },
          ...{ status: 'Restarting (137) 2 seconds ago', restarts: 41, oom_killed: true },
        },
      ],
    });
    expect(first).toMatchObject({ value: { list: [{ cpu_percent: null }, { cpu_percent: null }] } });
  });

  test('control groups of version 1, where no limit is a number', () => {
    const text = `${docker(1).split('system.slice')[0]}memory/docker/${web}/memory.usage_in_bytes:700
memory/docker/${web}/memory.limit_in_bytes:9223372036854771712
memory/docker/${web}/memory.stat:inactive_file 100
memory/docker/${web}/memory.stat:total_inactive_file 200
cpuacct/docker/${web}/cpuacct.usage:5000000
`;
    expect(run(containers, { 'containers.docker': text })).toMatchObject({
      value: { list: [{ memory_bytes: 500, memory_limit_bytes: null }, {}] },
      state: { cpu: new Map([[web, { used: 5000, startedEpoch: 1_704_672_000.123 }]]) },
    });
  });

  test('its table for people, and what inspecting says whole', () => {
    const table = `CONTAINER ID   IMAGE     COMMAND    CREATED        STATUS                    PORTS     NAMES
0123456789ab   nginx:1   "nginx"    3 hours ago    Exited (1) 2 hours ago              web\r\n`;
    const whole = JSON.stringify([
      {
        ...{ Id: web, Name: '/web', Image: 'sha256:1', Config: { Image: 'nginx:1' }, RestartCount: 3 },
        State: { Status: 'running', OOMKilled: false, ExitCode: 0, Health: { Status: 'starting' } },
      },
    ]);
    const of = (text: string) => run(containers, { 'containers.docker': text });
    expect([of(table), of(whole)]).toMatchObject([
      { value: { list: [{ id: '0123456789ab', name: 'web', image: 'nginx:1', state: 'exited', exit_code: 1 }] } },
      {
        value: {
          list: [{ id: web, name: 'web', image: 'nginx:1', state: 'running', health: 'starting', restarts: 3 }],
        },
      },
    ]);
  });

  test('inspecting before Docker 1.9 said by flags what state it is', () => {
    const state = (more: object, started = '2016-06-23T05:37:56.9Z') => {
      const flags = { Dead: false, Paused: false, Restarting: false, Running: false };
      const text = JSON.stringify([{ Id: web, Name: '/web', State: { ...flags, StartedAt: started, ...more } }]);
      const { value } = run(containers, { 'containers.docker': text }) as { value: { list: { state: string }[] } };
      return value.list[0]?.state;
    };
    expect(state({ Running: true })).toBe('running');
    expect(state({ Running: true, Paused: true })).toBe('paused');
    expect(state({ Running: true, Restarting: true })).toBe('restarting');
    expect(state({ Dead: true })).toBe('dead');
    expect(state({})).toBe('exited');
    expect(state({}, '0001-01-01T00:00:00Z')).toBe('created');
  });

  test('docker stats, whose numbers are rounded', () => {
    const row = { Container: 'web', ID: '0123456789ab', Name: 'web', CPUPerc: '16.05%', MemUsage: '1.5KiB / 64MiB' };
    const use = { cpu_percent: 16.05, memory_bytes: 1536, memory_limit_bytes: 64 * 2 ** 20 };
    expect(run(containers, { 'containers.docker': `${JSON.stringify(row)}\n` })).toMatchObject({
      value: { list: [{ id: '0123456789ab', name: 'web', state: 'unknown', ...use }] },
    });
    const ended = { ...row, CPUPerc: '--', MemUsage: '-- / --' };
    expect(run(containers, { 'containers.docker': `${JSON.stringify(ended)}\n` })).toMatchObject({
      value: { list: [{ cpu_percent: null, memory_bytes: null, memory_limit_bytes: null }] },
    });
  });

  test('tables with other columns, and what the first versions said of an end', () => {
    const table = `CONTAINER ID   IMAGE     STATUS         NAMES     SIZE
0123456789ab   nginx:1   Up 2 hours     web       2B (virtual 142MB)
ba9876543210   job       Exit 3         worker    0B\n`;
    expect(run(containers, { 'containers.docker': table })).toMatchObject({
      value: {
        list: [
          { name: 'web', image: 'nginx:1', state: 'running', exit_code: null },
          { name: 'worker', image: 'job', state: 'exited', exit_code: 3 },
        ],
      },
    });
  });

  test('nothing is an empty list', () => {
    expect(run(containers, { 'containers.docker': '1704672060\nlisted\n\n' })).toMatchObject({
      ...{ status: 'ok', value: { engines: ['docker'], unread: [], list: [] } },
    });
  });
});

const podman = `1704672060
listed
[
  {
    "Command": ["x"],
    "ExitCode": 0,
    "Id": "${web}",
    "Image": "quay.io/web:1",
    "Names": ["web"],
    "StartedAt": 1704672000,
    "State": "running",
    "Status": "Up About a minute"
  }
]
${web} 2 false 0 "2024-01-08T01:00:00+01:00"
`;

test('podman, which may stand in for docker too', () => {
  const texts = { 'containers.podman': podman, 'containers.docker': docker(1).split('\n').slice(0, 3).join('\n') };
  expect(run(containers, texts)).toMatchObject({
    value: {
      engines: ['docker', 'podman'],
      list: [{ engine: 'podman', id: web, name: 'web', image: 'quay.io/web:1', restarts: 2, up_seconds: 60 }],
    },
  });
});

test('podman is known by what it prints', () => {
  const json = `[\n  {\n    "Id": "${web}",\n    "IsInfra": false,\n    "Names": ["web"],\n    "State": "running"\n  }\n]\n`;
  const table =
    'CONTAINER ID  IMAGE    COMMAND  CREATED      STATUS      PORTS  NAMES\n0123456789ab  nginx:1  nginx    2 hours ago  Up 2 hours         web\n';
  const told = { value: { engines: ['podman'], list: [{ engine: 'podman', name: 'web', state: 'running' }] } };
  expect([json, table].map((text) => run(containers, { 'containers.docker': text }))).toMatchObject([told, told]);
});

test('what does not tell is absent or failed, and one that does stands beside it', () => {
  const denied = record('1704672060\n', {
    ...{ exit: 1, stderr: bytes('permission denied while trying to connect to the Docker daemon socket\n') },
  });
  const stopped = record('1\n', {
    ...{ exit: 1, stderr: bytes('Cannot connect to the Docker daemon at unix:///s. Is the docker daemon running?\n') },
  });
  const none = record('', { exit: null, error: '{:enoent, "docker"}' });
  const reason = 'Docker: its socket is for its group alone, and who is in that is as good as root.';
  expect([
    run(containers, { 'containers.docker': denied, 'containers.podman': none }),
    run(containers, { 'containers.docker': none, 'containers.podman': none }),
    run(containers, { 'containers.docker': record('1\n', { exit: 1, stderr: bytes('Cannot connect\n') }) }),
    run(containers, { 'containers.docker': denied, 'containers.podman': podman }),
    run(containers, { 'containers.docker': stopped, 'containers.podman': none }),
  ]).toMatchObject([
    { status: 'failed', reason, remedy: 'usermod -aG docker USER' },
    { status: 'absent', reason: 'Neither Docker nor Podman is here.' },
    { status: 'failed', reason: 'Docker: it listed nothing: Cannot connect' },
    { status: 'ok', value: { engines: ['podman'], unread: [reason] } },
    { status: 'absent', reason: 'Docker: its daemon does not run.' },
  ]);
});
