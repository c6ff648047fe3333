/**
 * The least that a pipe between two sides must do. JSON travels as text; byte windows and terminals travel as
 * binary. A wire keeps order and delivers each message whole, once.
 */
export interface Wire {
  /** Never throws: a message that can no longer be delivered is dropped, and `onClose` tells. */
  send(message: string | Uint8Array): void;
  onMessage(listener: (message: string | Uint8Array) => void): void;
  /** Called once, when the other side is gone or `close` was called. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ends of a wire in one process: what one side sends, the other receives on a later turn. */
export function wirePair(): [Wire, Wire] {
  const left = createEnd();
  const right = createEnd();
  left.connect(right);
  right.connect(left);
  return [left.wire, right.wire];
}

interface End {
  readonly wire: Wire;
  connect(peer: End): void;
  deliver(message: string | Uint8Array): void;
  shut(): void;
}

function createEnd(): End {
  let peer: End | null = null;
  let open = true;
  const onMessage: ((message: string | Uint8Array) => void)[] = [];
  const onClose: (() => void)[] = [];
  const end: End = {
    connect: (other) => {
      peer = other;
    },
    deliver: (message) => {
      queueMicrotask(() => {
        if (open) for (const listener of onMessage) listener(message);
      });
    },
    shut: () => {
      if (!open) return;
      open = false;
      for (const listener of onClose) listener();
      queueMicrotask(() => peer?.shut());
    },
    wire: {
      send: (message) => {
        if (open) peer?.deliver(message);
      },
      onMessage: (listener) => onMessage.push(listener),
      onClose: (listener) => onClose.push(listener),
      close: () => end.shut(),
    },
  };
  return end;
}
