import { decodeBase64 } from './base64.ts';
import { WireReader } from './wire-reader.ts';

/** A public key as known_hosts has it. */
export interface PublicKey {
  readonly keyType: string;
  /** In base64. */
  readonly key: string;
}

/** The fields of a key after its type, by what they must be. RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709, PROTOCOL.u2f. */
type Field = 'ed25519 point' | 'curve' | 'curve point' | 'number' | 'modulus' | 'application';

const fields: Readonly<Record<string, readonly Field[]>> = {
  'ssh-ed25519': ['ed25519 point'],
  'sk-ssh-ed25519@openssh.com': ['ed25519 point', 'application'],
  'ecdsa-sha2-nistp256': ['curve', 'curve point'],
  'ecdsa-sha2-nistp384': ['curve', 'curve point'],
  'ecdsa-sha2-nistp521': ['curve', 'curve point'],
  'sk-ecdsa-sha2-nistp256@openssh.com': ['curve', 'curve point', 'application'],
  'ssh-rsa': ['number', 'modulus'],
  'ssh-dss': ['number', 'number', 'number', 'number'],
};

/** Lengths of an uncompressed point on each curve, in bytes. */
const pointLengths: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };

const certificateSuffix = '-cert-v01@openssh.com';

/** The type of key that a certificate type is about; null where it is none. */
export function certifiedType(keyType: string): string | null {
  if (!keyType.endsWith(certificateSuffix)) return null;
  const plain = keyType.slice(0, -certificateSuffix.length);
  return [plain, `${plain}@openssh.com`].find((type) => Object.hasOwn(fields, type)) ?? null;
}

/** Whether it is a plain public key that OpenSSH 9.2 would read, its shape and not only its name. */
export function isPublicKey({ keyType, key }: PublicKey): boolean {
  const bytes = decodeBase64(key);
  if (bytes === null || !Object.hasOwn(fields, keyType)) return false;
  const reader = new WireReader(bytes);
  return reader.text() === keyType && readKeyFields(keyType, reader) && reader.atEnd;
}

/** Reads on over the fields of a key of that type; false where one is not what it must be. */
export function readKeyFields(keyType: string, reader: WireReader): boolean {
  const curve = keyType.replace(/^(?:sk-)?ecdsa-sha2-|@openssh\.com$/g, '');
  return (fields[keyType] ?? []).every((field) => {
    const value = reader.string();
    if (!reader.intact) return false;
    switch (field) {
      case 'ed25519 point':
        return value.length === 32;
      case 'curve':
        return new TextDecoder('latin1').decode(value) === curve;
      case 'curve point':
        return value.length === pointLengths[curve] && value[0] === 4;
      case 'modulus':
        return bitsOf(value) >= 1024;
      default:
        return true;
    }
  });
}

function bitsOf(number: Uint8Array): number {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (number.length - first) * 8 - Math.clz32(number[first] ?? 0) + 24;
}
