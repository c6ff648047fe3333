import { describe, expect, test } from 'vitest';
import { corpus, expected, type Json, keep, text } from '../../services/collect/corpus-fixture.ts';
import { parseInodes } from './collectors/inodes.ts';
import { load } from './collectors/load.ts';
import { parseListeners } from './collectors/reach/listeners-text.ts';
import { run } from './collectors/round-fixture.ts';
import { cpuKeys, parseCpuinfo } from './collectors/system/cpuinfo.ts';
import { parseLast } from './collectors/users/logins.ts';
import { parseSessions } from './collectors/users/sessions-text.ts';

describe.skipIf(corpus === undefined)('the corpus of machines', () => {
  test('cpu/jc-linux-x86-cpuinfo: the model, and what is counted', () => {
    const [wanted] = expected<Json[]>('cpu/jc-linux-x86-cpuinfo');
    const whole = text('cpu/jc-linux-x86-cpuinfo');
    const found = parseCpuinfo(whole);
    expect(found).toEqual({
      model: wanted?.['model name'],
      sockets: 1,
      cores: wanted?.['cpu cores'],
      threads: 1,
      machine: null,
    });
    expect(parseCpuinfo(keep(whole, new RegExp(cpuKeys)))).toEqual(found);
  });

  test('disk/insights-rhel-df-li: inodes of every mount', () => {
    const wanted =
      expected<Record<string, { total?: number; used?: number; available: number }>>('disk/insights-rhel-df-li');
    const found = parseInodes(text('disk/insights-rhel-df-li'));
    const { total, used } = found.get('/') ?? {};
    expect([found.size, total, used]).toEqual([wanted.rows, wanted['/']?.total, wanted['/']?.used]);
    const tools = found.get('/V M T o o l s');
    expect((tools?.total ?? 0) - (tools?.used ?? 0)).toBe(wanted['/V M T o o l s']?.available);
  });

  test.each(['users/jc-centos77-who', 'users/jc-centos77-w', 'users/jc-nixos-w'])('%s: every session', (name) => {
    const found = parseSessions(text(name)).map(({ user, terminal, from, since }) => [user, terminal, from, since]);
    const wanted = expected<Json[]>(name).map((one) => [one.user, one.tty, one.from ?? null, one.time ?? one.login_at]);
    expect(found).toEqual(wanted);
  });

  test('users/linuxfabrik-linux-ipv6-in-from: no terminal, and an address', () => {
    const found = parseSessions(text('users/linuxfabrik-linux-ipv6-in-from'));
    expect(found.map(({ terminal, from, idle_seconds }) => [terminal, from, idle_seconds])).toEqual([
      [null, '2001:db8::ff30', 56_640],
      [null, '2001:db8::1', 80],
    ]);
  });

  test('users/jc-centos77-last-wF: every login', () => {
    // Its source writes a word of its own before the name of a display.
    const display = (name: unknown) => (typeof name === 'string' ? name.replace(/^CONSOLE(?=:)/, '') : name);
    const found = parseLast(text('users/jc-centos77-last-wF'));
    const wanted = expected<Json[]>('users/jc-centos77-last-wF');
    expect(found.map((one) => [one.user, one.terminal, one.from, one.began, one.still])).toEqual(
      wanted.map((one) => [
        one.user,
        display(one.tty),
        display(one.hostname),
        one.login,
        /^still/.test(String(one.logout)),
      ]),
    );
    const isEnd = (logout: unknown) => !/^(still|gone)/.test(String(logout));
    expect(found.map(({ ended }) => ended)).toEqual(wanted.map(({ logout }) => (isEnd(logout) ? logout : null)));
  });

  test.each(['sys/jc-centos77-uptime', 'sys/jc-osx10146-uptime'])('%s: load', (name) => {
    const { load_1m: one, load_5m: five, load_15m: fifteen } = expected(name);
    const value = { one, five, fifteen, running: null, tasks: null };
    expect(run(load, { 'load.loadavg': text(name) })).toEqual({ status: 'ok', value });
  });

  test('sys/capture-busybox135-uptime: load', () => {
    const value = { one: 3.56, five: 1.66, fifteen: 0.8, running: null, tasks: null };
    expect(run(load, { 'load.loadavg': text('sys/capture-busybox135-uptime') })).toEqual({ status: 'ok', value });
  });

  test('windows/jc-windows10-netstat-aon: every socket that listens, with its process', () => {
    const name = 'windows/jc-windows10-netstat-aon';
    const rows = expected<Json[]>(name).filter(({ proto, state }) => proto === 'UDP' || state === 'LISTENING');
    // Those of all addresses, of IPv4 and of IPv6, are one to us, and some are printed several times.
    const found = parseListeners(text(name)).map(({ protocol, port, pid }) => `${protocol} ${port} ${pid}`);
    const wanted = rows.map((one) => `${String(one.proto).toLowerCase()} ${one.local_port_num} ${one.pid}`);
    expect(new Set(found)).toEqual(new Set(wanted));
  });

  test('net/jc-linux-ss-wide-head: every socket that listens, with its process', () => {
    const rows = text('net/jc-linux-ss-wide-head').matchAll(/^(?:udp|tcp) +(?:UNCONN|LISTEN) .*?:(\d+) (.*)$/gm);
    const wanted = [...rows].flatMap(([, port, rest]) =>
      [...(rest as string).matchAll(/"([^"]+)",pid=(\d+)/g)].map(([, name, pid]) => [Number(port), name, Number(pid)]),
    );
    expect(wanted.length).toBeGreaterThan(50);
    const found = parseListeners(text('net/jc-linux-ss-wide-head')).filter(({ pid }) => pid !== null);
    expect(found.map(({ port, process, pid }) => [port, process, pid])).toEqual(wanted);
  });
});
