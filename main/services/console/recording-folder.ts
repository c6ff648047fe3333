import { dirname } from 'node:path';
import type { Host } from '../../contract/hosts.ts';
import { partOfDirectory } from '../../domain/dump/part-names.ts';
import { holdsCommandLine } from '../../domain/policy/names-only.ts';
import type { Settled } from '../../domain/settings/settled.ts';
import { createDumpFolder } from '../dumps/dump-folder.ts';
import { isBeingWritten, openDumpWriter } from '../dumps/dump-writer.ts';
import type { OpenSink } from '../fleet/recording.ts';

/** Opens dumps for recordings, and keeps the folder in which most of them lie below its bound. */
export function createRecordingFolder(options: {
  readonly folder: string;
  settings(): Settled;
  /** Dumps that are looked at, as the hosts that they are. */
  openDumps(): Host[];
  now(): number;
  onChange(): void;
}): { readonly open: OpenSink; warnings(): string[] } {
  const { settings, openDumps, now, onChange } = options;
  /** Whichever part of a recording was named, or a file of it, all of them are looked at. */
  const isOpen = (directory: string) => {
    const recording = partOfDirectory(directory).first;
    const isOfIt = (path: string) => partOfDirectory(path).first === recording;
    return openDumps().some(
      ({ target }) => target.transport === 'replay' && (isOfIt(target.path) || isOfIt(dirname(target.path))),
    );
  };
  const dumps = createDumpFolder({
    folder: options.folder,
    maxBytes: () => settings().dumpBounds.bytesInAll,
    isInUse: (directory) => isBeingWritten(directory) || isOpen(directory),
    now,
    onChange,
  });
  return {
    open: async (directory, onFault) => {
      const writer = await openDumpWriter({ directory, onFault });
      const ended = await dumps.begin(directory);
      return {
        ...writer,
        // What is kept in memory may be from before command lines were to be dropped.
        push: (record) => {
          if (!(settings().namesOnly && holdsCommandLine(record.command))) writer.push(record);
        },
        close: async () => {
          await writer.close();
          ended();
        },
      };
    },
    warnings: dumps.warnings,
  };
}
