import type { BrowserContext } from 'playwright';

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
 * message of a socket copied by the main thread: with large ones that is most of what would be measured.
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
  return {
    send,
    evaluate: async <Value>(expression: string) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      return (await send<{ result: { value: Value } }>('Runtime.evaluate', options)).result.value;
    },
  };
}
