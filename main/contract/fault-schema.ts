import { z } from 'zod';
import { type Fault, faultCodes } from './faults.ts';

/** A fault as a part of what the contract describes; apart from faults themselves, for the page does without zod. */
export const faultSchema: z.ZodType<Fault> = z.object({
  code: z.enum(faultCodes),
  step: z.string(),
  hop: z.string().optional(),
  message: z.string(),
});
