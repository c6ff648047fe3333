import type { SampleData } from '../../../../contract/samples.ts';

export type Filesystem = NonNullable<SampleData['btrfs']>['list'][number];
export type Device = Filesystem['devices'][number];

export const maxFilesystems = 64;
export const maxDevices = 128;
export const maxText = 256;
export const maxLines = 16_384;
export const maxLine = 1024;

/** Chunks of one kind: of data, or of metadata. */
export interface Space {
  readonly total: number | null;
  readonly used: number | null;
  readonly profiles: ReadonlyMap<string, number>;
}

/** What is known so far of one file system. */
export interface Told {
  uuid: string | null;
  label: string | null;
  data: Space | null;
  metadata: Space | null;
  devices: Device[];
  /** Block devices that belong to it, in no order that says which is which. */
  names: string[];
}

export function newTold(uuid: string | null): Told {
  return { uuid, label: null, data: null, metadata: null, devices: [], names: [] };
}

export function newDevice(id: number | null, path: string | null): Device {
  return {
    ...{ id, path, missing: false },
    ...{ write_errors: null, read_errors: null, flush_errors: null, corruption_errors: null, generation_errors: null },
  };
}

/** A profile as `btrfs` writes it; the kernel's folders are in small letters. */
export function profileOf(word: string): string {
  return /^single$/i.test(word) ? 'single' : word.toUpperCase();
}

type Counter = 'write_errors' | 'read_errors' | 'flush_errors' | 'corruption_errors' | 'generation_errors';

/** The counter that `write_errs`, `write_io_errs` or the head of a column means; null for anything else. */
export function counterOf(word: string): Counter | null {
  const match = /^(write|read|flush|corruption|generation)(?:_io)?[_ ]err(?:or)?s$/i.exec(word);
  return match === null ? null : (`${(match[1] as string).toLowerCase()}_errors` as Counter);
}

/** A whole number that JSON can say exactly; null for anything else. */
export function countOf(text: string | undefined): number | null {
  const match = /^\s*(\d{1,16})\s*$/.exec(text ?? '');
  const value = match === null ? Number.NaN : Number(match[1]);
  return Number.isSafeInteger(value) ? value : null;
}
