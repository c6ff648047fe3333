/**
 * The text of a script that runs the built preload in a page before the page's own scripts: as a classic script, with
 * only the module that a sandboxed preload may load. `toMain` is a function of the page, `fromMain` becomes one.
 */
export function preloadHost(preload: string, names: { toMain: string; fromMain: string }): string {
  return `(() => {
  const listeners = new Map();
  const heard = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  const binary = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  window.${names.fromMain} = (channel, { text, base64 }) => {
    const message = base64 === undefined ? text : bytes(base64);
    for (const listener of [...heard(channel)]) listener({}, message);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze({ ...api }) }),
    },
    ipcRenderer: {
      send: (channel, message) =>
        void window.${names.toMain}(channel, message instanceof Uint8Array ? { base64: binary(message) } : { text: message }),
      on: (channel, listener) => void heard(channel).add(listener),
      off: (channel, listener) => void heard(channel).delete(listener),
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('A sandboxed preload may not load ' + name);
  };
  (function (require, module, exports) {
${preload}
  })(require, { exports: {} }, {});
})();`;
}
