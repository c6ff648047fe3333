import { createStore, useStore } from 'zustand';
import type { ShareSubject } from './share/share-subject.ts';

/** Which dialog is open, at most one; what it is about goes with it. */
export type OpenDialog =
  | { readonly kind: 'add'; readonly editHostId: string | null }
  | { readonly kind: 'keys' | 'about' | 'palette' | 'first-steps' }
  /** The group and the tags of hosts. */
  | { readonly kind: 'labels'; readonly hostIds: readonly string[] }
  /** How long hosts are recorded, and where to. */
  | { readonly kind: 'record'; readonly hostIds: readonly string[] }
  /** Dumps that lie on a host; null: it is chosen in the dialog. */
  | { readonly kind: 'host-dump'; readonly hostId: string | null }
  /** A command on hosts: `state/command-runs.ts` knows on which. */
  | { readonly kind: 'run' }
  /** A part of a dump, or a moment of it, for somebody else. */
  | { readonly kind: 'share'; readonly tab: 'part' | 'report'; readonly subject: ShareSubject }
  /** `at` null: live. */
  | { readonly kind: 'processes'; readonly hostId: string; readonly at: number | null; readonly by: 'cpu' | 'memory' };

export const dialogStore = createStore<{ dialog: OpenDialog | null }>(() => ({ dialog: null }));

export function openDialog(dialog: OpenDialog): void {
  dialogStore.setState({ dialog });
}

export function closeDialog(): void {
  dialogStore.setState({ dialog: null });
}

export function useDialog(): OpenDialog | null {
  return useStore(dialogStore, (state) => state.dialog);
}
