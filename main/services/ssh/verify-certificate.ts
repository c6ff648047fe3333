import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import type { VerifyCertificate } from '../../domain/ssh/known-hosts/verdict.ts';
import { WireReader } from '../../domain/ssh/known-hosts/wire-reader.ts';

/** Algorithms that an authority may sign with, OpenSSH's own list (`CASignatureAlgorithms`) as far as there is no token in it. */
const digests: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
};

/** Bytes of each of the two numbers of an ECDSA signature. */
const numberLengths: Readonly<Record<string, number>> = {
  'ecdsa-sha2-nistp256': 32,
  'ecdsa-sha2-nistp384': 48,
  'ecdsa-sha2-nistp521': 66,
};

/** Checks the authority's signature. One by SHA-1, or by a security token, does not count. */
export const verifyCertificate: VerifyCertificate = ({ authority, signed, signature }) => {
  const reader = new WireReader(signature);
  const algorithm = reader.text();
  const value = reader.string();
  const digest = digests[algorithm];
  const type = algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
  if (digest === undefined || type !== authority.keyType || !reader.atEnd) return false;
  try {
    const key = keyObject(authority.keyType, Buffer.from(authority.key, 'base64'));
    const length = numberLengths[algorithm];
    if (length === undefined) return verify(digest, signed, key, value);
    const numbers = new WireReader(value);
    const joined = Buffer.concat([fixed(numbers.string(), length), fixed(numbers.string(), length)]);
    return numbers.atEnd && verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, joined);
  } catch {
    // A key or a number that is none.
    return false;
  }
};

function keyObject(keyType: string, blob: Uint8Array): KeyObject {
  const reader = new WireReader(blob);
  reader.string();
  if (keyType === 'ssh-ed25519') return fromJwk({ kty: 'OKP', crv: 'Ed25519', x: url(reader.string()) });
  if (keyType === 'ssh-rsa') {
    const [e, n] = [reader.string(), reader.string()];
    return fromJwk({ kty: 'RSA', e: url(e), n: url(n) });
  }
  const crv = `P-${reader.text().replace('nistp', '')}`;
  const point = reader.string().subarray(1);
  const half = point.length / 2;
  return fromJwk({ kty: 'EC', crv, x: url(point.subarray(0, half)), y: url(point.subarray(half)) });
}

function fromJwk(key: JsonWebKey): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

/** A number of RFC 4251 with as many bytes as asked for; throws where it has more. */
function fixed(number: Uint8Array, length: number): Buffer {
  const digits = number[0] === 0 ? number.subarray(1) : number;
  return Buffer.concat([Buffer.alloc(length - digits.length), digits]);
}

function url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
