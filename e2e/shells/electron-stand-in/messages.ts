/** What the test process and the stand-in for Electron say to each other, over the child's channel. */
export type ToStandIn =
  /** The page asks for a file by the app's own protocol. */
  | { readonly type: 'fetch'; readonly id: number; readonly url: string; readonly method: string }
  /** The page's preload sends on a channel. */
  | { readonly type: 'message'; readonly channel: string; readonly message: unknown }
  /** The page goes away: it loads itself again, or another address. */
  | { readonly type: 'leaving' }
  /** The page shows what the window was told to load. */
  | { readonly type: 'loaded' }
  /** Another start found this one running; `data` is what it hands over. */
  | { readonly type: 'second-start'; readonly data: unknown }
  /** The person closes the window. */
  | { readonly type: 'close' };

export type FromStandIn =
  /** A window was made, with these settings. */
  | { readonly type: 'window'; readonly preload: string; readonly sandboxed: boolean }
  | { readonly type: 'load'; readonly url: string }
  /** This start is not the first, and ends. */
  | { readonly type: 'second-start'; readonly data: unknown }
  | { readonly type: 'message'; readonly channel: string; readonly message: unknown }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    };
