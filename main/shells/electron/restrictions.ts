import { app, session } from 'electron';
import { pageUrl } from './page-protocol.ts';

/** What no page of ours needs is denied for all of them: leaving, new windows, embedding, devices, notifications. */
export function setupRestrictions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // That of frames inside the page too; `will-navigate` tells the page's own only.
    contents.on('will-frame-navigate', stay);
    contents.on('will-redirect', stay);
  });
}

function stay(details: { readonly url: string; preventDefault(): void }): void {
  // What stands after the sign is the view that the page shows.
  if (details.url.split('#', 1)[0] !== pageUrl) details.preventDefault();
}
