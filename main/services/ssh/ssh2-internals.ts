import type { Client } from 'ssh2';

/** What of ssh2 is reached into, because it offers nothing for it. */
interface Internals {
  readonly _protocol: {
    /** What it proposes in a key exchange; never written to once it is made. */
    _offer: { readonly lists: { readonly all: Uint8Array } };
    /** Undefined where no key exchange is under way. */
    readonly _kexinit?: unknown;
    /** The last key exchange. By curve25519 it has the keys that it was done with; other methods let them go. */
    readonly _kex: { _keys?: unknown };
    readonly _handlers: { USERAUTH_FAILURE: (protocol: unknown, methods: string[], partial: boolean) => void };
  };
}

type Offer = Internals['_protocol']['_offer'];

/** By their bytes; hardly more than there are sorts of hosts. */
const offers = new Map<string, Offer>();
const maxOffers = 64;

/**
 * ssh2 does not hand on what a host offers after a key that was right but not enough, nor after the last key of an
 * agent, so it is read where it arrives, until the function that is returned is called.
 */
export function onMethods(client: Client, listener: (methods: string[]) => void): () => void {
  const handlers = (client as unknown as Internals)._protocol._handlers;
  const handle = handlers.USERAUTH_FAILURE;
  handlers.USERAUTH_FAILURE = (protocol, methods, partial) => {
    listener(methods);
    handle(protocol, methods, partial);
  };
  return () => {
    handlers.USERAUTH_FAILURE = handle;
  };
}

/** Connections that propose the same share it: each has its own of 4 KiB, for as long as it lives. */
export function shareOffer(client: Client): void {
  const protocol = (client as unknown as Internals)._protocol;
  const key = Buffer.from(protocol._offer.lists.all).toString('latin1');
  const known = offers.get(key);
  if (known !== undefined) protocol._offer = known;
  else if (offers.size < maxOffers) offers.set(key, protocol._offer);
}

/**
 * Lets the keys go that the key exchange was done with: they are of no use any more but to somebody who recorded the
 * connection, and of a thousand hosts they are megabytes. While keys are exchanged again they are needed.
 */
export function forgetExchange(client: Client): void {
  const { _kexinit, _kex } = (client as unknown as Internals)._protocol;
  if (_kexinit === undefined && _kex._keys !== undefined) _kex._keys = null;
}
