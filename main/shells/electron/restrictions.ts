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
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
  });
}

function stay(details: { readonly url: string; preventDefault(): void }): void {
  if (details.url !== pageUrl) details.preventDefault();
}
