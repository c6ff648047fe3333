/** How long the address of a download stays: its reader has long begun by then. */
const keptMs = 60_000;

/** Hands something to the browser to be saved, under a name of ours. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
