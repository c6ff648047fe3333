import type { Sample, SampleData } from '../../main/contract/samples.ts';

/** The newest sample whose kind carries this key; a key that is null there is what the host did not tell. */
export function sampleWith(key: keyof SampleData, newest: readonly (Sample | null)[]): Sample | null {
  return newest.find((sample) => sample?.data[key] !== undefined) ?? null;
}
