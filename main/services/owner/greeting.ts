import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { FaultError } from '../../contract/faults.ts';
import { createWireEnd, type Wire } from '../../contract/rpc/wire.ts';
import type { Claim } from './lock.ts';

const helloSchema = z.object({ hello: z.literal('rackside'), version: z.string(), secret: z.string() });
const replySchema = z.object({ hello: z.literal('rackside'), version: z.string(), welcome: z.boolean() });

/** How long the other side may take for its greeting: both run on this machine. */
const greetingMs = 3_000;

/** The owner's side. The wire to go on with, or null when it was no attaching shell of this user and version. */
export async function welcome(wire: Wire, claim: Claim): Promise<Wire | null> {
  const { first, rest } = afterFirst(wire);
  const hello = helloSchema.safeParse(parse(await first));
  const known = hello.success && same(hello.data.secret, claim.secret);
  const accepted = known && hello.data.version === claim.version;
  if (known) wire.send(JSON.stringify({ hello: 'rackside', version: claim.version, welcome: accepted }));
  if (accepted) return rest;
  wire.close();
  return null;
}

/** The attaching side. Null when nobody answers as an owner would; throws `busy` where another version answers. */
export async function greet(wire: Wire, claim: Claim, version: string): Promise<Wire | null> {
  const { first, rest } = afterFirst(wire);
  wire.send(JSON.stringify({ hello: 'rackside', version, secret: claim.secret }));
  const reply = replySchema.safeParse(parse(await first));
  if (reply.success && reply.data.welcome) return rest;
  wire.close();
  if (!reply.success) return null;
  throw new FaultError(
    'busy',
    'attach',
    `Rackside ${reply.data.version} is running on this data folder (process ${claim.pid}), and this is ${version}. Close that one first, or start the same version.`,
  );
}

/** The first message (null when the wire ends or stays silent), and a wire of all that follows it. */
function afterFirst(wire: Wire): { first: Promise<string | Uint8Array | null>; rest: Wire } {
  const rest = createWireEnd({ send: (message) => wire.send(message), close: () => wire.close() });
  const first = Promise.withResolvers<string | Uint8Array | null>();
  const timer = setTimeout(() => first.resolve(null), greetingMs);
  let greeted = false;
  wire.onMessage((message) => {
    if (greeted) return rest.deliver(message);
    greeted = true;
    clearTimeout(timer);
    first.resolve(message);
  });
  wire.onClose(() => {
    clearTimeout(timer);
    first.resolve(null);
    rest.shut();
  });
  return { first: first.promise, rest: rest.wire };
}

function parse(message: string | Uint8Array | null): unknown {
  try {
    return typeof message === 'string' ? JSON.parse(message) : null;
  } catch {
    return null;
  }
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
