import type { ConsoleClient } from '../../main/contract/console.ts';
import { createLink, type Link } from './link.ts';
import { openWire } from './wire.ts';

export { faultOf } from './link.ts';

/** The page's one link; `main.tsx` starts it. */
export const link: Link = createLink(openWire);

/** The calls of the console, over the link as it is now. */
export function api(): ConsoleClient {
  return link.client();
}
