import { describe, expect, test } from 'vitest';
import { readingSchema } from './reading-schema.ts';
import { sampleDataSchema } from './samples.ts';

/** The schema as JSON Schema, as `rackside collectors --json` tells it. */
interface Shape {
  readonly type?: string | string[];
  readonly properties?: Record<string, Shape>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly additionalProperties?: Shape | boolean;
}

interface NumberAt {
  readonly path: string;
  readonly name: string;
  readonly isNullable: boolean;
}

/** Every number that a sample can hold. */
function numbersIn(shape: Shape, path: string, name: string, isNullable: boolean): NumberAt[] {
  const types = [shape.type ?? []].flat();
  const own = types.some((type) => type === 'number' || type === 'integer');
  const parts = shape.anyOf ?? [];
  const canBeNull = isNullable || types.includes('null') || parts.some((part) => [part.type].flat().includes('null'));
  return [
    ...(own ? [{ path, name, isNullable: canBeNull }] : []),
    ...parts.flatMap((part) => numbersIn(part, path, name, canBeNull)),
    ...Object.entries(shape.properties ?? {}).flatMap(([key, part]) => numbersIn(part, `${path}.${key}`, key, false)),
    ...(shape.items === undefined ? [] : numbersIn(shape.items, `${path}[]`, name, false)),
    ...(typeof shape.additionalProperties === 'object'
      ? numbersIn(shape.additionalProperties, `${path}{}`, name, false)
      : []),
  ];
}

const collectorIds = Object.keys(sampleDataSchema.shape).filter((key) => key !== 'problems');
const numbers = collectorIds.flatMap((id) => numbersIn((readingSchema(id) ?? {}) as Shape, id, id, false));

/** A name that ends so says its unit. */
const units = /(^|_)(bytes|percent|seconds|ms|celsius|rpm|bits_per_second|per_second|watts|volts|hours|mts|ticks)$/;

/** Numbers of things, numbers that are names or places, and what has no unit: averages of a queue's length. */
const counts = new Set(
  `id pid parent_pid uid gid port vmid prefix mtu metric nice depth exit_code critical_warning
  one five fifteen load_one load_five load_fifteen queue_depth running tasks count threads cores sockets cpus nodes total active failed
  disks active_disks missing missing_disks snapshots inodes inodes_used restarts pending security power_cycles
  grown_defects command_timeouts uncorrected_errors slow_ios errors data_errors read_errors write_errors checksum_errors flush_errors corruption_errors
  generation_errors crc_errors media_errors reallocated_sectors pending_sectors uncorrectable_sectors free_slots`.split(
    /\s+/,
  ),
);

describe('every number of a sample', () => {
  test('there are many', () => {
    expect(numbers.length).toBeGreaterThan(150);
  });

  test('has a unit in its name, or is a count', () => {
    expect(numbers.filter(({ name }) => !units.test(name) && !counts.has(name)).map(({ path }) => path)).toEqual([]);
  });

  test('that is a rate or a share over time can be unknown: a first sample has none', () => {
    const rates = numbers.filter(({ name }) => /_per_second$|^(cpu|busy|stalled)_percent$/.test(name));
    expect(rates.length).toBeGreaterThan(20);
    // A CPU's share is unknown as a whole.
    expect(rates.filter(({ isNullable, path }) => !isNullable && !/^cpu\./.test(path)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
