import { createStore, useStore } from 'zustand';
import type { ProvenanceRequest } from '../../main/contract/provenance.ts';
import type { Kind } from '../../main/contract/samples.ts';

export type ReadingPath = ProvenanceRequest['path'];

/** A shown number that somebody wants to follow back to bytes. */
export interface SourceQuestion {
  readonly hostId: string;
  readonly kind: Kind;
  /** Of the sample that is shown. */
  readonly collectedAt: string;
  /** The readings that it is made of, most often one. */
  readonly paths: readonly ReadingPath[];
  /** Readings that are added to the first one: they are asked for as one sum. */
  readonly plus: readonly ReadingPath[];
  /** How the page makes one number of several; null where there is one. */
  readonly how: string | null;
  /** As it is shown. */
  readonly text: string;
}

/** It stands above whatever dialog is open, because there are numbers in dialogs too. */
export const sourceStore = createStore<{ question: SourceQuestion | null }>(() => ({ question: null }));

export function askForSource(question: SourceQuestion): void {
  sourceStore.setState({ question });
}

export function closeSource(): void {
  sourceStore.setState({ question: null });
}

export function useSourceQuestion(): SourceQuestion | null {
  return useStore(sourceStore, ({ question }) => question);
}
