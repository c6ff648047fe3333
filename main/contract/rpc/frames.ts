import { z } from 'zod';
import { faultSchema } from '../faults.ts';

/**
 * What crosses a wire as text. `id` is chosen by the asking side and is unique among its open requests.
 *
 * A stream sends nothing until it has credit: one `item` (or one binary frame) costs one credit, and the reader
 * grants more as it reads. So a slow reader holds up its own stream and nothing else.
 */
export const frameSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ask'), id: z.int().nonnegative(), name: z.string(), input: z.unknown() }),
  z.object({ t: z.literal('credit'), id: z.int().nonnegative(), n: z.int().positive() }),
  z.object({ t: z.literal('cancel'), id: z.int().nonnegative() }),
  z.object({ t: z.literal('answer'), id: z.int().nonnegative(), value: z.unknown() }),
  z.object({ t: z.literal('item'), id: z.int().nonnegative(), value: z.unknown() }),
  z.object({ t: z.literal('end'), id: z.int().nonnegative() }),
  z.object({ t: z.literal('fault'), id: z.int().nonnegative(), fault: faultSchema }),
]);

export type Frame = z.infer<typeof frameSchema>;

/** The frame, or null where the text is not one: the other side is broken or hostile, and the wire is closed. */
export function decodeFrame(text: string): Frame | null {
  try {
    return frameSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function encodeFrame(frame: Frame): string {
  return JSON.stringify(frame);
}

const headerBytes = 4;

/** A binary frame: the request's id as four bytes, big end first, then the payload. */
export function encodeBytes(id: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(headerBytes + payload.length);
  new DataView(frame.buffer).setUint32(0, id);
  frame.set(payload, headerBytes);
  return frame;
}

export function decodeBytes(frame: Uint8Array): { id: number; payload: Uint8Array } | null {
  if (frame.length < headerBytes) return null;
  const id = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0);
  return { id, payload: frame.subarray(headerBytes) };
}
