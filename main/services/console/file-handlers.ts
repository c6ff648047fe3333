import { isAbsolute } from 'node:path';
import { FaultError } from '../../contract/faults.ts';
import type { PullProgress } from '../../contract/files.ts';
import { createLatest } from '../../contract/rpc/latest.ts';
import type { HostFiles } from '../../domain/collect/host-files.ts';
import { openFiles } from '../files/open-files.ts';
import { pullFile } from '../files/pull-file.ts';
import type { FleetService } from '../fleet/fleet-service.ts';
import type { HandlersOf } from './handlers.ts';

/** Of one binary frame. */
const frameBytes = 1 << 20;

export function fileHandlers(fleet: FleetService): HandlersOf<'files'> {
  async function withFiles<Value>(
    hostId: string,
    signal: AbortSignal,
    use: (files: HostFiles) => Promise<Value>,
  ): Promise<Value> {
    const files = await openFiles(fleet.reach(hostId).transport, signal);
    try {
      return await use(files);
    } finally {
      files.close();
    }
  }

  return {
    'files.stat': ({ hostId, path }, signal) => withFiles(hostId, signal, (files) => files.stat(path)),
    'files.list': ({ hostId, path, limit }, signal) => withFiles(hostId, signal, (files) => files.list(path, limit)),
    'files.read': async function* ({ hostId, path, offset, length }, signal) {
      const files = await openFiles(fleet.reach(hostId).transport, signal);
      try {
        const file = await files.open(path);
        try {
          for (let at = 0; at < length; at += frameBytes) {
            const wanted = Math.min(frameBytes, length - at);
            const bytes = await file.read(offset + at, wanted);
            if (bytes.length > 0) yield bytes;
            if (bytes.length < wanted) return;
          }
        } finally {
          file.close();
        }
      } finally {
        files.close();
      }
    },
    'files.pull': async function* ({ hostId, path, to, resume }, signal) {
      if (!isAbsolute(to)) throw new FaultError('bad_input', 'pull', `${to} is no absolute path.`);
      const { transport } = fleet.reach(hostId);
      const progress = createLatest<PullProgress>();
      const left = new AbortController();
      const ended = AbortSignal.any([signal, left.signal]);
      const pulling = withFiles(hostId, ended, (files) =>
        pullFile({ files, transport, path, to, resume, signal: ended, onProgress: progress.set }),
      ).finally(progress.end);
      pulling.catch(() => {});
      try {
        yield* progress.watch(signal);
        await pulling;
      } finally {
        left.abort();
      }
    },
  };
}
