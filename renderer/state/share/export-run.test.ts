import { afterEach, expect, test } from 'vitest';
import type { SliceProgress, SliceRequest } from '../../../main/contract/dump-sharing.ts';
import { FaultError } from '../../../main/contract/faults.ts';
import { closeDialog, openDialog } from '../dialogs.ts';
import { dismissAllToasts, toastStore } from '../toasts.ts';
import { cancelExport, exportStore, forgetExport, startExport } from './export-run.ts';

const to = '/dumps/part.zip';
const request: SliceRequest = {
  hostId: 'a',
  filter: {},
  redaction: { redact: true, words: [], names: [] },
  to,
};
const progress: SliceProgress = {
  ...{ to, bytes: 20, doneBytes: 5, entries: 0, samples: 0, replaced: {}, done: false },
};
const done = { ...progress, doneBytes: 20, entries: 2, samples: 1, done: true };

afterEach(() => {
  closeDialog();
  dismissAllToasts();
  exportStore.setState({ runs: {} });
});

const run = () => exportStore.getState().runs.a ?? null;
const toasts = () => toastStore.getState().toasts.map(({ text, action }) => [text, action?.label ?? null]);
const show = (hostId: string) =>
  openDialog({ kind: 'share', tab: 'part', subject: { hostId, path: '', filter: {}, span: null, at: null } });

async function* whole() {
  yield progress;
  yield done;
}

test('what is looked at tells its own end', async () => {
  show('a');
  await startExport(request, whole);
  expect([run(), toasts()]).toEqual([{ state: 'done', to, redacts: true, progress: done, fault: null }, []]);
  forgetExport('a');
  expect(run()).toBe(null);
});

test('one that nobody looks at is told, with the way into it', async () => {
  show('another');
  await startExport(request, whole);
  expect(toasts()).toEqual([[`2 entries and 1 sample are exported to ${to}`, 'Open replay']]);
});

test('one that is cancelled is no fault, and is not forgotten while it runs', async () => {
  const ended = startExport(request, async function* (_asked, signal) {
    yield progress;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new FaultError('cancelled', 'slice', 'The slice was given up.');
  });
  await expect.poll(() => run()?.progress).toEqual(progress);
  forgetExport('a');
  expect(run()?.state).toBe('running');
  cancelExport('a');
  await ended;
  expect([run()?.state, run()?.fault, toasts()]).toEqual(['cancelled', null, []]);
});

test('a fault is kept for its field, and told where nobody looks', async () => {
  const message = `${to} is there already: choose a new name.`;
  const fault = { code: 'bad_input', step: 'slice', message };
  // biome-ignore lint/correctness/useYield: it fails before the first
  await startExport(request, async function* () {
    throw new FaultError('bad_input', 'slice', message);
  });
  expect([run(), toasts()]).toEqual([
    { state: 'failed', to, redacts: true, progress: null, fault },
    [[`Export: ${message}`, null]],
  ]);
});
