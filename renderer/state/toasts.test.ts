import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dismissAllToasts, dismissToast, holdToasts, shownToasts, toast, toastFault, toastStore } from './toasts.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  dismissAllToasts();
  holdToasts(false);
  vi.useRealTimers();
});

const kept = () => toastStore.getState().toasts.map(({ text, times }) => (times === 1 ? text : `${text} × ${times}`));
const shown = () => shownToasts(toastStore.getState().toasts).map(({ text }) => text);

test('an info goes when it could be read, a fault stays until it is dismissed', () => {
  toast('short');
  toast('A longer sentence that takes a while to read.');
  const fault = toast('It failed.', 'fault');
  vi.advanceTimersByTime(4_400);
  expect(kept()).toEqual(['A longer sentence that takes a while to read.', 'It failed.']);
  vi.advanceTimersByTime(3_600_000);
  expect(kept()).toEqual(['It failed.']);
  dismissToast(fault);
  expect(kept()).toEqual([]);
});

test('no time passes while somebody reads', () => {
  toast('short', 'info', null, 5_000);
  vi.advanceTimersByTime(3_000);
  holdToasts(true);
  toast('while held', 'info', null, 1_000);
  vi.advanceTimersByTime(60_000);
  expect(kept()).toEqual(['short', 'while held']);
  holdToasts(false);
  vi.advanceTimersByTime(1_999);
  expect(kept()).toEqual(['short']);
  vi.advanceTimersByTime(1);
  expect(kept()).toEqual([]);
});

test('four stand at once; those before them wait, and their time with them', () => {
  toast('first', 'info', null, 1_000);
  const faults = [1, 2, 3, 4].map((n) => toast(`fault ${n}`, 'fault'));
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['fault 1', 'fault 2', 'fault 3', 'fault 4']);
  dismissToast(faults[0] as number);
  expect(shown()).toEqual(['first', 'fault 2', 'fault 3', 'fault 4']);
  vi.advanceTimersByTime(1_000);
  expect(shown()).toEqual(['fault 2', 'fault 3', 'fault 4']);
});

test('the same words are counted, and there is a most of all others', () => {
  toast('again');
  toast('other', 'fault');
  toast('again');
  expect(kept()).toEqual(['other', 'again × 2']);
  for (let n = 0; n < 200; n += 1) toast(`fault ${n}`, 'fault');
  expect([kept().length, kept().at(-1)]).toEqual([30, 'fault 199']);
});

test('what a host says is text, short and with nothing unseen; a call that was given up is no news', () => {
  toastFault('Connect', { code: 'unreachable', step: 'tcp', message: `\u001b[31m<b>\n${'x'.repeat(5000)}` });
  toastFault('Connect', { code: 'cancelled', step: 'tcp', message: 'given up' });
  const [text = ''] = kept();
  expect([kept().length, text.slice(0, 24), text.length]).toEqual([1, 'Connect: \\x1b[31m<b>\\nxx', 601]);
});
