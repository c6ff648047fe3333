import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession } from 'playwright';

/** A page that is driven by the browser's own protocol. */
export interface QuietPage {
  send<Answer>(method: string, params?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** The value of an expression in the page; a promise is awaited. */
  evaluate<Value>(expression: string): Promise<Value>;
}

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * A page of a fresh context with another's cookies. Playwright watches the network of its own pages, which has each
 * message of a socket copied by the main thread: with large ones that is most of what would be measured. It answers when
 * the browser is at rest: a window of its own has the browser load its own surfaces, 400 modules in the first second.
 */
export async function openQuietPage(context: BrowserContext): Promise<QuietPage> {
  const browser = context.browser();
  if (browser === null) throw new Error('The context has no browser.');
  const cdp = await browser.newBrowserCDPSession();
  const { browserContextId } = await cdp.send('Target.createBrowserContext');
  await cdp.send('Storage.setCookies', {
    browserContextId,
    cookies: (await context.cookies()).map(({ name, value, domain, path }) => ({ name, value, domain, path })),
  });
  const { targetId } = await cdp.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await cdp.send('Target.attachToTarget', { targetId, flatten: false });
  const asked: PromiseWithResolvers<unknown>[] = [];
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, error } = JSON.parse(message) as Message;
    if (id === undefined) return;
    if (error === undefined) asked[id]?.resolve(result);
    else asked[id]?.reject(new Error(error.message));
  });
  const send = async <Answer>(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<Answer> => {
    const answer = Promise.withResolvers<unknown>();
    const id = asked.push(answer) - 1;
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    return (await answer.promise) as Answer;
  };
  const screen = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false };
  await send('Emulation.setDeviceMetricsOverride', screen);
  await atRest(cdp);
  return {
    send,
    evaluate: async <Value>(expression: string) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      return (await send<{ result: { value: Value } }>('Runtime.evaluate', options)).result.value;
    },
  };
}

const restMs = 250;
const busyMs = 15;
const mostTurns = 40;

/** Waits until all processes of the browser together use next to no CPU; at most ten seconds. */
async function atRest(cdp: CDPSession): Promise<void> {
  const usedMs = async () => {
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    return 1000 * processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  let before = await usedMs();
  for (let turn = 0; turn < mostTurns; turn += 1) {
    await sleep(restMs);
    const now = await usedMs();
    if (Math.abs(now - before) < busyMs) return;
    before = now;
  }
  throw new Error('The browser does not come to rest.');
}
