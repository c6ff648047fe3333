/** An entry that was chosen, by where its parts stand in `commands.log`. */
export interface SliceEntry {
  readonly command: string;
  /** True for a line of Rackside's own, which says nothing of the host. */
  readonly isOwn: boolean;
  readonly offset: number;
  readonly bodyOffset: number;
  /** Where the body ends, and how many of its last bytes came on standard error. */
  readonly bodyEnd: number;
  readonly stderr: number;
  /** Where the next entry begins: what stands before that goes along. */
  readonly end: number;
  /** Whether the output may end in the middle of something. */
  readonly isCut: boolean;
}

/** What a slice takes of a dump that is open. Both lists can be read more than once. */
export interface SliceSource {
  readonly entryCount: number;
  readonly entryBytes: number;
  readonly sampleCount: number;
  readonly sampleBytes: number;
  /** In the order of the file. */
  entries(): AsyncIterable<SliceEntry>;
  /** A window of `commands.log`, in pieces that stay what they are. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Entries of `samples.log`, each with its separator. */
  samples(): AsyncIterable<Uint8Array>;
}
