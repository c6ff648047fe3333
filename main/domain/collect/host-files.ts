export interface FileStat {
  readonly type: 'file' | 'directory' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch by the host's clock; hosts tell whole seconds. */
  readonly modifiedAt: number;
}

export interface OpenFile {
  /** As it was when it was opened; links are followed. */
  readonly stat: FileStat;
  /** Exactly these bytes; fewer only where the file ends. May be called many times before the first has answered. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): void;
}

/**
 * Files of a host. Every wait has a deadline of its own, for each answer and never for the whole, and ends early when
 * the signal that it was opened with aborts. Throws a `FaultError`: `not_found`, `not_permitted`, or what the link says.
 */
export interface HostFiles {
  /** In words: `sftp`, `commands`, `this machine`. */
  readonly by: string;
  /** How much to ask for at once, and how many such windows ahead, so that a whole file comes fast. */
  readonly window: { readonly bytes: number; readonly ahead: number };
  stat(path: string): Promise<FileStat>;
  /** At most so many names, sorted; links are told as what they lead to where the host says. */
  list(path: string, limit: number): Promise<{ entries: (FileStat & { name: string })[]; more: boolean }>;
  open(path: string): Promise<OpenFile>;
  close(): void;
}
