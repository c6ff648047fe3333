import { PassThrough } from 'node:stream';
import ssh2, { type Algorithms } from 'ssh2';
import { expect, onTestFinished, test } from 'vitest';
import { shareOffer } from './ssh2-internals.ts';

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
