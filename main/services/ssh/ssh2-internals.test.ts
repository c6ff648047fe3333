import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import ssh2, { type Algorithms, type Connection } from 'ssh2';
import { expect, onTestFinished, test } from 'vitest';
import { forgetExchange, shareOffer } from './ssh2-internals.ts';

/** What a client proposes that was told to connect; nobody answers. */
function offerOf(algorithms: Algorithms): { lists: { cs: { cipher: { array: string[] } } } } {
  const sock = new PassThrough();
  const client = new ssh2.Client();
  client.on('error', () => {});
  client.connect({ sock, username: 'root', algorithms });
  onTestFinished(() => void sock.destroy());
  shareOffer(client);
  return (client as unknown as { _protocol: { _offer: ReturnType<typeof offerOf> } })._protocol._offer;
}

test('connections that propose the same share what they propose, and no others do', () => {
  const [first, same, other] = (['aes128-ctr', 'aes128-ctr', 'aes256-ctr'] as const).map((cipher) =>
    offerOf({ cipher: [cipher] }),
  );
  expect([same === first, other === first]).toEqual([true, false]);
  expect([first, other].map((offer) => offer?.lists.cs.cipher.array)).toEqual([['aes128-ctr'], ['aes256-ctr']]);
});

test('the keys of an exchange are let go, and keys can be exchanged again', async () => {
  const serving = Promise.withResolvers<Connection>();
  const server = new ssh2.Server({ hostKeys: [ssh2.utils.generateKeyPairSync('ed25519').private] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    serving.resolve(connection);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new ssh2.Client();
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  client.connect({ host: '127.0.0.1', port, username: 'root', algorithms: { kex: ['curve25519-sha256'] } });
  await once(client, 'ready');
  const protocol = (client as unknown as { _protocol: { _kex: { _keys: unknown } } })._protocol;
  expect(protocol._kex._keys).toHaveProperty('privateKey');
  forgetExchange(client);
  expect(protocol._kex._keys).toBeNull();
  // Keys are exchanged again: what would be forgotten in the middle of it would end the connection.
  let kex = protocol._kex;
  Object.defineProperty(protocol, '_kex', {
    get: () => kex,
    set: (next) => {
      kex = next;
      queueMicrotask(() => forgetExchange(client));
    },
  });
  const again = once(client, 'handshake');
  (await serving.promise).rekey();
  await again;
  expect(protocol._kex._keys).toHaveProperty('privateKey');
});
