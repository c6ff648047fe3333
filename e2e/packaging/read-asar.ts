import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface AsarNode {
  readonly files?: Readonly<Record<string, AsarNode>>;
  readonly size?: number;
  readonly offset?: string;
  /** It lies beside the archive. */
  readonly unpacked?: boolean;
}

export interface AsarFile {
  readonly path: string;
  readonly size: number;
  /** Null: it lies in the folder `app.asar.unpacked`. */
  readonly bytes: Buffer | null;
}

/** Every file of an archive as Electron reads it: four numbers, a directory as JSON, and the files after one another. */
export function readAsar(path: string): AsarFile[] {
  const archive = readFileSync(path);
  const length = archive.readUInt32LE(12);
  const start = 8 + archive.readUInt32LE(4);
  const listed: AsarFile[] = [];
  const walk = (node: AsarNode, at: string): void => {
    for (const [name, below] of Object.entries(node.files ?? {})) walk(below, at === '' ? name : `${at}/${name}`);
    if (node.files !== undefined) return;
    const size = node.size ?? 0;
    const from = start + Number(node.offset ?? 0);
    listed.push({ path: at, size, bytes: node.unpacked === true ? null : archive.subarray(from, from + size) });
  };
  walk(JSON.parse(archive.subarray(16, 16 + length).toString('utf8')) as AsarNode, '');
  return listed;
}

/** Lays the packed files and the unpacked ones out as one folder, as the program sees them. */
export function layOut(files: readonly AsarFile[], unpackedFolder: string, folder: string): void {
  for (const { path, bytes } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes ?? readFileSync(join(unpackedFolder, path)));
  }
}
