import { type Sample, sampleSchema } from '../../contract/samples.ts';

/** `torn`: not JSON, or cut. `foreign`: JSON of another shape, as another product's agent writes it. */
export type ParsedSample =
  | { readonly status: 'ok'; readonly sample: Sample }
  | { readonly status: 'torn' }
  | { readonly status: 'foreign'; readonly json: unknown };

/** The sample of an entry, from its kind and the text below its separator. */
export function parseSample(kind: string, text: string): ParsedSample {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { status: 'torn' };
  }
  const parsed = sampleSchema.safeParse(typeof json === 'object' ? { ...json, kind } : json);
  return parsed.success ? { status: 'ok', sample: parsed.data } : { status: 'foreign', json };
}
