import { expect, test } from 'vitest';
import { type AskpassPrompt, readAskpassPrompt } from './askpass-prompt.ts';

const print = 'SHA256:VG9JTcyIGViSrJ/vSutofd2DAcjoXokxPOLYitcAo5k';
const hostKey = { kind: 'host_key', keyType: 'ssh-ed25519', fingerprint: print } as const;

/**
 * The texts are OpenSSH's own: those of 9.2 as it asks them here, those of security keys and tokens (which need one)
 * and of older versions out of its sources.
 */
test.each<[string, string, AskpassPrompt]>([
  [
    "Enter passphrase for key '/home/me/.ssh/id_ed25519': ",
    '',
    { kind: 'passphrase', file: '/home/me/.ssh/id_ed25519' },
  ],
  ["me@web.example's password: ", '', { kind: 'password', from: 'me@web.example' }],
  ['(me@web.example) Password: ', '', { kind: 'password', from: 'me@web.example' }],
  ['(me@web.example) One-time code: ', '', { kind: 'prompt', from: 'me@web.example', text: 'One-time code: ' }],
  [
    '(me@web) Choose:\n 1 push\n 2 code\n> ',
    '',
    { kind: 'prompt', from: 'me@web', text: 'Choose:\n 1 push\n 2 code\n> ' },
  ],
  [
    `(me@evil) The authenticity of host 'bank (1.2.3.4)' can't be established.\nED25519 key fingerprint is ${print}.\n`,
    '',
    {
      kind: 'prompt',
      from: 'me@evil',
      text: `The authenticity of host 'bank (1.2.3.4)' can't be established.\nED25519 key fingerprint is ${print}.\n`,
    },
  ],
  [
    "(me@evil) Enter passphrase for key '/k': ",
    '',
    { kind: 'prompt', from: 'me@evil', text: "Enter passphrase for key '/k': " },
  ],
  ['Password: ', '', { kind: 'prompt', from: null, text: 'Password: ' }],
  [
    'Enter PIN for ED25519-SK key /home/me/.ssh/id_ed25519_sk: ',
    '',
    { kind: 'pin', key: 'ED25519-SK key /home/me/.ssh/id_ed25519_sk' },
  ],
  ['Enter PIN and confirm user presence for ECDSA-SK key /k: ', '', { kind: 'pin', key: 'ECDSA-SK key /k' }],
  ["Enter PIN for 'My token': ", '', { kind: 'pin', key: "'My token'" }],
  [`Confirm user presence for key ED25519-SK ${print}`, 'none', { kind: 'touch', key: `ED25519-SK ${print}` }],
  ['Allow use of key id?', 'confirm', { kind: 'confirm', text: 'Allow use of key id?' }],
  [
    `The authenticity of host '[127.0.0.1]:2222 ([127.0.0.1]:2222)' can't be established.\nED25519 key fingerprint is ${print}.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
    '',
    { ...hostKey, name: '[127.0.0.1]:2222' },
  ],
  [
    `The authenticity of host 'web (10.0.0.5)' can't be established.\nECDSA key fingerprint is ${print}.\nAre you sure you want to continue connecting (yes/no)? `,
    '',
    { ...hostKey, keyType: 'ecdsa', name: 'web' },
  ],
  [
    `The authenticity of host 'web (<no hostip for proxy command>)' can't be established.\nRSA key fingerprint is ${print}.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? `,
    '',
    { ...hostKey, keyType: 'ssh-rsa', name: 'web' },
  ],
])('%s', (text, hint, expected) => {
  expect(readAskpassPrompt(text, hint)).toEqual(expected);
});
