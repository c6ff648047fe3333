import { type Fault, isFault } from '../faults.ts';

/**
 * What crosses a wire as text. `id` is chosen by the asking side and is unique among its open requests.
 *
 * A stream sends nothing until it has credit: one `item` (or one binary frame) costs one credit, and the reader
 * grants more as it reads. So a slow reader holds up its own stream and nothing else.
 */
export type Frame =
  | { readonly t: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'credit'; readonly id: number; readonly n: number }
  | { readonly t: 'cancel'; readonly id: number }
  | { readonly t: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly t: 'item'; readonly id: number; readonly value: unknown }
  | { readonly t: 'end'; readonly id: number }
  | { readonly t: 'fault'; readonly id: number; readonly fault: Fault };

/** The frame, or null where the text is not one: the other side is broken or hostile, and the wire is closed. */
export function decodeFrame(text: string): Frame | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFrame(value) ? value : null;
  } catch {
    return null;
  }
}

/** By hand: every message of the page goes through here, and zod would be a third of what it loads before its first row. */
function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false;
  const { t, id, n, name, fault } = value as Record<string, unknown>;
  if (!isCount(id)) return false;
  if (t === 'ask') return typeof name === 'string';
  if (t === 'credit') return isCount(n) && n > 0;
  if (t === 'fault') return isFault(fault);
  return t === 'cancel' || t === 'answer' || t === 'item' || t === 'end';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
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
