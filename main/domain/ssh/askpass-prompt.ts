/** What `ssh` asks through its askpass program, told from the words of the question. */
export type AskpassPrompt =
  | { readonly kind: 'passphrase'; readonly file: string }
  | { readonly kind: 'password'; readonly from: string }
  | { readonly kind: 'pin'; readonly key: string }
  /** Nothing is typed: the security key waits to be touched, and ssh takes the question away once it was. */
  | { readonly kind: 'touch'; readonly key: string }
  | { readonly kind: 'host_key'; readonly name: string; readonly keyType: string; readonly fingerprint: string }
  /** A yes or no that is none of the above. */
  | { readonly kind: 'confirm'; readonly text: string }
  /** keyboard-interactive, in the host's words; `from` is null where an old ssh does not say who asks. */
  | { readonly kind: 'prompt'; readonly from: string | null; readonly text: string };

/** ssh names the kind of a key its own way here. */
const keyTypes: Readonly<Record<string, string>> = {
  ED25519: 'ssh-ed25519',
  RSA: 'ssh-rsa',
  DSA: 'ssh-dss',
  ECDSA: 'ecdsa',
  'ED25519-SK': 'sk-ssh-ed25519',
  'ECDSA-SK': 'sk-ecdsa',
};

const asksForPassword = /^(?:current )?passw(?:ord|d)?:?\s*$/i;

/**
 * Words of ssh's own are known by how the text begins: from 8.5 on, those of a host stand behind `(user@host) `.
 * `hint` is what ssh puts into SSH_ASKPASS_PROMPT (8.2 and later): `none` to tell something, `confirm` for yes or no.
 */
export function readAskpassPrompt(text: string, hint: string): AskpassPrompt {
  const fingerprint = /(\S+) key fingerprint is (SHA256:[A-Za-z0-9+/]+|MD5:[0-9a-f:]+)/.exec(text);
  const unknown = /^The authenticity of host '(\S+)/.exec(text)?.[1]?.replace(/'$/, '');
  if (fingerprint !== null && unknown !== undefined) {
    const [, type = '', print = ''] = fingerprint;
    return { kind: 'host_key', name: unknown, keyType: keyTypes[type] ?? type, fingerprint: print };
  }
  const file = /^Enter passphrase for (?:key )?'?(.+?)'?: ?$/.exec(text)?.[1];
  if (file !== undefined) return { kind: 'passphrase', file };
  const pin = /^Enter PIN (?:and confirm user presence )?for (.+?): ?$/.exec(text)?.[1];
  if (pin !== undefined) return { kind: 'pin', key: pin };
  const touch = /^Confirm user presence for (?:key )?(.+)$/.exec(text)?.[1];
  if (touch !== undefined || hint === 'none') return { kind: 'touch', key: touch ?? text };
  if (hint === 'confirm') return { kind: 'confirm', text };
  const passwordOf = /^(\S+@\S+)'s password: ?$/.exec(text)?.[1];
  if (passwordOf !== undefined) return { kind: 'password', from: passwordOf };
  const [, from = null, prompt = text] = /^\((\S+@\S+)\) ([\s\S]*)$/.exec(text) ?? [];
  if (from !== null && asksForPassword.test(prompt)) return { kind: 'password', from };
  return { kind: 'prompt', from, text: prompt };
}
