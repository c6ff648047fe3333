import { useEffect } from 'react';
import { dialogStore } from '../../state/dialogs.ts';
import { droppedPath } from '../../state/dropped-path.ts';
import { drop } from '../../state/drops.ts';

/** Hears what is dropped anywhere on the window: a dump to open. Text that is dragged into a field goes there. */
export function useDrops(): void {
  useEffect(() => {
    const abort = new AbortController();
    const take = (event: DragEvent) => {
      const { dataTransfer, target } = event;
      if (dataTransfer === null) return;
      const isFile = dataTransfer.types.some((type) => type === 'Files' || type === 'text/uri-list');
      if (!isFile && target instanceof Element && target.closest('input, textarea') !== null) return;
      // Else the browser would leave the page for the file.
      event.preventDefault();
      if (event.type !== 'drop' || dialogStore.getState().dialog !== null) return;
      const text = (type: string) => dataTransfer.getData(type);
      drop(droppedPath(dataTransfer.files[0]?.name ?? null, text('text/uri-list'), text('text/plain')));
    };
    for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, take, { signal: abort.signal });
    return () => abort.abort();
  }, []);
}
