/**
 * The least that a pipe between two sides must do. JSON travels as text; byte windows and terminals travel as
 * binary. A wire keeps order and delivers each message whole, once.
 */
export interface Wire {
  /** Never throws: a message that can no longer be delivered is dropped, and `onClose` tells. */
  send(message: string | Uint8Array): void;
  /** What arrived before the first listener came is given to that listener. */
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** Called once, when the other side is gone or `close` was called; at once where that already happened. */
  onClose(listener: () => void): void;
  close(): void;
}

/** The longest message that a pipe takes: the largest byte window (16 MiB) with room for its surroundings. */
export const maxMessageBytes = 24 << 20;

/** What may wait in a pipe that the other side does not empty; beyond it the pipe is closed. */
export const maxUnsentBytes = 64 << 20;

/** How many messages may arrive before anybody listens: a greeting and the first requests, not a flood. */
const maxEarlyMessages = 256;

/** A wire, seen from the pipe that it runs over: the pipe hands in what arrives and says when it ended. */
export interface WireEnd {
  readonly wire: Wire;
  deliver(message: string | Uint8Array): void;
  shut(): void;
}

/** Makes a wire of a pipe. After the end nothing is sent or delivered, and `pipe.close` was called exactly once. */
export function createWireEnd(pipe: { send(message: string | Uint8Array): void; close(): void }): WireEnd {
  const onMessage: ((message: string | Uint8Array) => void)[] = [];
  const onClose: (() => void)[] = [];
  let early: (string | Uint8Array)[] = [];
  let open = true;

  function deliver(message: string | Uint8Array): void {
    if (!open) return;
    if (onMessage.length > 0) for (const listener of onMessage) listener(message);
    else if (early.length < maxEarlyMessages) early.push(message);
    else shut();
  }

  function shut(): void {
    if (!open) return;
    open = false;
    early = [];
    pipe.close();
    for (const listener of onClose.splice(0)) listener();
  }

  const wire: Wire = {
    send: (message) => {
      if (open) pipe.send(message);
    },
    onMessage: (listener) => {
      onMessage.push(listener);
      for (const message of early.splice(0)) if (open) listener(message);
    },
    onClose: (listener) => {
      if (open) onClose.push(listener);
      else listener();
    },
    close: shut,
  };
  return { wire, deliver, shut };
}

/** Two ends of a wire in one process: what one side sends, the other receives on a later turn. */
export function wirePair(): [Wire, Wire] {
  const left: WireEnd = createWireEnd({
    send: (message) => queueMicrotask(() => right.deliver(message)),
    close: () => queueMicrotask(() => right.shut()),
  });
  const right: WireEnd = createWireEnd({
    send: (message) => queueMicrotask(() => left.deliver(message)),
    close: () => queueMicrotask(() => left.shut()),
  });
  return [left.wire, right.wire];
}
