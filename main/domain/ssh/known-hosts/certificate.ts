import { decodeBase64, encodeBase64 } from './base64.ts';
import { certifiedType, isPublicKey, type PublicKey, readKeyFields } from './public-key.ts';
import { WireReader, wireString } from './wire-reader.ts';

/** An OpenSSH certificate: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.certkeys */
export interface Certificate {
  /** The key that it is about, without the certificate. */
  readonly plain: PublicKey;
  readonly isForHost: boolean;
  /** Host names that it holds for; empty: for every one. */
  readonly principals: readonly string[];
  /** Seconds since the epoch: from the first on, before the second. */
  readonly validAfter: number;
  readonly validBefore: number;
  /** Options that whoever does not know them must refuse; for hosts there are none. */
  readonly hasCriticalOptions: boolean;
  readonly authority: PublicKey;
  /** What the authority signed, and its signature as on the wire. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

const hostCertificate = 2;
const maxPrincipals = 256;

/** Null where it is no certificate, or none that can be read. */
export function parseCertificate({ keyType, key }: PublicKey): Certificate | null {
  const plainType = certifiedType(keyType);
  const bytes = decodeBase64(key);
  if (plainType === null || bytes === null) return null;
  const reader = new WireReader(bytes);
  if (reader.text() !== keyType) return null;
  reader.string(); // A nonce, so that nobody chooses what is signed.
  const keyStart = reader.at;
  if (!readKeyFields(plainType, reader)) return null;
  const keyFields = bytes.subarray(keyStart, reader.at);
  reader.uint64(); // The serial number.
  const type = reader.uint32();
  reader.string(); // The key id, for people.
  const principals = readPrincipals(reader.string());
  const [validAfter, validBefore] = [reader.uint64(), reader.uint64()];
  const hasCriticalOptions = reader.string().length > 0;
  reader.string(); // Extensions: may be ignored.
  reader.string(); // Reserved.
  const authority = reader.string();
  const signedEnd = reader.at;
  const signature = reader.string();
  if (!reader.atEnd || principals === null) return null;
  const authorityKey = { keyType: new WireReader(authority).text(), key: encodeBase64(authority) };
  if (!isPublicKey(authorityKey)) return null;
  return {
    plain: { keyType: plainType, key: encodeBase64(join(wireString(new TextEncoder().encode(plainType)), keyFields)) },
    ...{ isForHost: type === hostCertificate, principals, validAfter, validBefore, hasCriticalOptions },
    ...{ authority: authorityKey, signed: bytes.subarray(0, signedEnd), signature },
  };
}

/** Why a certificate does not vouch for a host at that time (in seconds since the epoch), as ssh has it; null where it does. */
export function certificateProblem(certificate: Certificate, host: string, seconds: number): string | null {
  const { principals, validAfter, validBefore } = certificate;
  if (!certificate.isForHost) return 'it is not a host certificate';
  if (seconds < validAfter) return 'it is not valid yet';
  if (seconds >= validBefore) return 'it has expired';
  if (principals.length > 0 && !principals.includes(host)) return `${host} is not among the names that it is for`;
  if (certificate.hasCriticalOptions) return 'it has critical options, which no host certificate has';
  return null;
}

function readPrincipals(bytes: Uint8Array): string[] | null {
  const reader = new WireReader(bytes);
  const principals: string[] = [];
  while (reader.intact && !reader.atEnd && principals.length < maxPrincipals) principals.push(reader.text());
  return reader.atEnd ? principals : null;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
