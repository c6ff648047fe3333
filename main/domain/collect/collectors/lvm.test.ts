import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lvmSchema } from '../../../contract/storage.ts';
import { toPlain } from '../plain.ts';
import { lvm } from './lvm.ts';
import { record, run } from './round-fixture.ts';

const vgs = `  {
      "report": [
          {
              "vg": [
                  {"vg_name":"pve", "vg_size":"1000203091968", "vg_free":"17175674880", "vg_missing_pv_count":"0"},
                  {"vg_name":"old}\\"", "vg_size":"4194304", "vg_free":"0", "vg_missing_pv_count":"1"}
              ]
          }
      ]
  }
`;
const lvs = `  {
      "report": [
          {
              "lv": [
                  {"lv_name":"data", "vg_name":"pve", "lv_attr":"twi-aotz--", "lv_size":"852517781504", "data_percent":"91.25", "metadata_percent":"3.75", "lv_health_status":""},
                  {"lv_name":"full", "vg_name":"pve", "lv_attr":"twi-cotzD-", "lv_size":"4194304", "data_percent":"100.00", "metadata_percent":"", "lv_health_status":"out_of_data"},
                  {"lv_name":"root", "vg_name":"pve", "lv_attr":"-wi-ao----", "lv_size":"103079215104", "data_percent":"", "metadata_percent":"", "lv_health_status":""}
              ]
          }
      ],
      "log": []
  }
`;
const pool = (name: string, size: number, data: number, metadata: number | null, health: string | null = null) => ({
  ...{ name, group: 'pve', size_bytes: size, data_percent: data, metadata_percent: metadata, health },
});

test('groups and thin pools, of two reports one behind the other', () => {
  expect(run(lvm, { 'lvm.reports': vgs + lvs })).toEqual({
    status: 'ok',
    value: {
      groups: [
        { name: 'pve', size_bytes: 1_000_203_091_968, free_bytes: 17_175_674_880, missing_disks: 0 },
        { name: 'old}"', size_bytes: 4_194_304, free_bytes: 0, missing_disks: 1 },
      ],
      thin_pools: [pool('data', 852_517_781_504, 91.25, 3.75), pool('full', 4_194_304, 100, null, 'out_of_data')],
    },
  });
});

test('the tables that vgs and lvs print by themselves', () => {
  const text = `  VG  #PV #LV #SN Attr   VSize   VFree
  pve   1   9   0 wz--n- <2.00t  16.00g
  bad   2   1   0 wz-pn-  1.00g      0
  LV   VG  Attr       LSize   Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert
  data pve twi-aotzM- 794.50g             12.50  1.25
  vm-1 pve Vwi-a-tz--  32.00g data        50.00
`;
  expect(run(lvm, { 'lvm.reports': text })).toEqual({
    status: 'ok',
    value: {
      groups: [
        { name: 'pve', size_bytes: 2 ** 41, free_bytes: 2 ** 34, missing_disks: 0 },
        { name: 'bad', size_bytes: 2 ** 30, free_bytes: 0, missing_disks: null },
      ],
      thin_pools: [pool('data', 794.5 * 2 ** 30, 12.5, 1.25, 'metadata_read_only')],
    },
  });
});

test('tables with other columns (-v), and with the names of fields', () => {
  const text = `  WARNING: Locking disabled. Be careful! This could corrupt your metadata.
  VG   Attr   Ext   #PV #LV #SN VSize VFree VG UUID                                VProfile #VMda
  old  wz--nc 4.00m   6   1   0 2.00t 1.00g fFYYw3-Ns8Q-akPI-rrFU-YYn5-nKkk-UW67qO              6
  LV   VG  #Seg Attr       LSize Maj Min KMaj KMin Pool Origin Data%  Meta%
  data old    1 twi-aotz-- 1.00g  -1  -1  253    2             12.50  1.25
LVM2_VG_NAME='rhel'|LVM2_VG_SIZE='<29.00g'|LVM2_VG_FREE='0 '|LVM2_VG_MISSING_PV_COUNT='1'
LVM2_LV_NAME='data'|LVM2_VG_NAME='rhel'|LVM2_LV_ATTR='twi-aotz--'|LVM2_LV_SIZE='1.00g'|LVM2_DATA_PERCENT='50.00'
`;
  expect(run(lvm, { 'lvm.reports': text })).toEqual({
    status: 'ok',
    value: {
      groups: [
        { name: 'old', size_bytes: 2 ** 41, free_bytes: 2 ** 30, missing_disks: 0 },
        { name: 'rhel', size_bytes: 29 * 2 ** 30, free_bytes: 0, missing_disks: 1 },
      ],
      thin_pools: [
        { ...pool('data', 2 ** 30, 12.5, 1.25), group: 'old' },
        { ...pool('data', 2 ** 30, 50, null), group: 'rhel' },
      ],
    },
  });
});

test('tables whose columns are parted by a letter, with and without a head', () => {
  const lists = [
    '  VG;#PV;#LV;#SN;Attr;VSize;VFree\n  pve;1;3;0;wz--n-;<2.00t;16.00g\n',
    '  LV,VG,Attr,LSize,Pool,Origin,Data%,Meta%,Move,Log\n  data,pve,twi-aotzM-,794.50g,,,12.50,1.25,,\n',
    '  data|pve|twi-aotz--|4194304|||86.28|0.60||||\n  root|pve|-wi-ao----|4194304||||||||\n',
  ];
  expect(lists.map((text) => run(lvm, { 'lvm.reports': text }))).toEqual(
    [
      { groups: [{ name: 'pve', size_bytes: 2 ** 41, free_bytes: 2 ** 34, missing_disks: 0 }], thin_pools: [] },
      { groups: [], thin_pools: [pool('data', 794.5 * 2 ** 30, 12.5, 1.25, 'metadata_read_only')] },
      { groups: [], thin_pools: [pool('data', 4_194_304, 86.28, 0.6)] },
    ].map((value) => ({ status: 'ok', value })),
  );
});

test('tags that are parted by commas part no columns', () => {
  const text =
    '  VG  #PV #LV #SN Attr   VSize VFree VG Tags\n  pve   1   1   0 wz--n- 2.00t 1.00g prod,database,backup\n';
  const value = {
    groups: [{ name: 'pve', size_bytes: 2 ** 41, free_bytes: 2 ** 30, missing_disks: 0 }],
    thin_pools: [],
  };
  expect(run(lvm, { 'lvm.reports': text })).toEqual({ status: 'ok', value });
});

test('a fraction without a unit is no count of bytes', () => {
  const value = { groups: [], thin_pools: [{ ...pool('data', 0, 35.44, 2.11), size_bytes: null }] };
  const text = '  LV   VG  Attr       LSize  Data%  Meta%\n  data pve twi-aotz-- 141.57 35.44  2.11\n';
  expect(run(lvm, { 'lvm.reports': text })).toEqual({ status: 'ok', value });
});

describe('what is not said', () => {
  test.each([
    ['no LVM', record('', { exit: null, error: '{:enoent, "vgs"}' }), 'absent', 'LVM: there is no vgs here.'],
    [
      'no groups',
      record('{"report":[{"vg":[]}]}\n{"report":[{"lv":[]}]}\n'),
      'absent',
      'LVM: there are no volume groups.',
    ],
    ['a hang', record('', { exit: null, timedOut: true }), 'failed', 'LVM: vgs did not answer within 30 s.'],
    [
      'one that is too old',
      record('', { exit: 3, stderr: Buffer.from("vgs: unrecognized option '--reportformat'\n") }),
      'failed',
      "LVM: vgs said: vgs: unrecognized option '--reportformat'",
    ],
  ])('%s', (_, given, status, reason) => {
    expect(run(lvm, { 'lvm.reports': given })).toEqual({ status, reason });
  });

  test('who may not', () => {
    const stderr = Buffer.from('sudo: a password is required\n');
    expect(run(lvm, { 'lvm.reports': record('', { exit: 1, stderr }) })).toEqual({
      status: 'failed',
      reason: 'LVM: vgs needs root.',
      remedy: 'USER ALL=(root) NOPASSWD: /sbin/vgs *, /sbin/lvs *',
    });
  });
});

test('whatever is printed gives a reading of the contract', () => {
  const text = vgs + lvs;
  const noise = constantFrom('\n', '"', '{', '}', '[', ']', '\\', '9'.repeat(40), 'null', '\u0000');
  assert(
    property(integer({ min: 0, max: text.length }), noise, integer({ min: 0, max: 40 }), (at, what, drop) => {
      const outcome = run(lvm, { 'lvm.reports': text.slice(0, at) + what + text.slice(at + drop) });
      if (outcome.status === 'ok') expect(lvmSchema.parse(toPlain(outcome.value))).toEqual(outcome.value);
    }),
    { numRuns: 200 },
  );
  expect(run(lvm, { 'lvm.reports': '{"report":['.repeat(20_000) }).status).toBe('failed');
});
