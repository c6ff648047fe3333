import { connect } from 'node:net';
import { basename } from 'node:path';
import type { SshSettings } from '../../domain/ssh/settings.ts';
import { maxKeyBytes } from './key-file.ts';
import { readRegularFile } from './read-regular-file.ts';

const maxAnswer = 256 << 10;

/**
 * Why a hop perhaps lets in who ssh2 could not sign in: there is a key that it cannot use. In words that go on after
 * “because”; null where there is none.
 */
export async function keysBeyondSsh2(hop: SshSettings, agentMs: number): Promise<string | null> {
  for (const file of hop.identityFiles) {
    const [key, certificate] = await Promise.all([read(file), read(`${file}-cert.pub`)]);
    if (certificate !== null) return `there is a certificate for it (${basename(file)}-cert.pub)`;
    if (key !== null && isSecurityKey(key)) return `${basename(file)} is on a security key (FIDO)`;
  }
  const types = hop.identityAgent === null ? [] : await agentKeyTypes(hop.identityAgent, agentMs).catch(() => []);
  if (types.some((type) => type.endsWith('-cert-v01@openssh.com'))) return 'the ssh-agent has a certificate';
  if (types.some((type) => type.startsWith('sk-'))) return 'the ssh-agent has a key on a security key (FIDO)';
  return null;
}

function read(file: string): Promise<Buffer | null> {
  return readRegularFile(file, maxKeyBytes).catch(() => null);
}

/** The type stands in the clear, in the private file (PROTOCOL.key) as in the public one. */
function isSecurityKey(content: Buffer): boolean {
  const text = content.toString('latin1');
  const base64 = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1] ?? '';
  return /sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com/.test(
    text.slice(0, 200) + Buffer.from(base64, 'base64').toString('latin1'),
  );
}

const requestIdentities = 11;
const identitiesAnswer = 12;

/**
 * The types of all keys of an ssh-agent; ssh2 leaves out those that it does not know.
 * https://datatracker.ietf.org/doc/html/draft-miller-ssh-agent
 */
function agentKeyTypes(socketPath: string, ms: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let answer = Buffer.alloc(0);
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(ms, () => fail(new Error('The ssh-agent does not answer')));
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The ssh-agent hung up')));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length > maxAnswer) return fail(new Error('The ssh-agent says too much'));
      if (answer.length < 4 || answer.length < 4 + answer.readUInt32BE(0)) return;
      try {
        resolve(typesIn(answer));
      } catch (error) {
        reject(error);
      }
      socket.destroy();
    });
    socket.write(Buffer.from([0, 0, 0, 1, requestIdentities]));
  });
}

function typesIn(answer: Buffer): string[] {
  if (answer[4] !== identitiesAnswer) return [];
  const types: string[] = [];
  let at = 9;
  const next = () => {
    const length = answer.readUInt32BE(at);
    at += 4 + length;
    return answer.subarray(at - length, at);
  };
  for (let left = answer.readUInt32BE(5); left > 0; left--) {
    const blob = next();
    types.push(blob.toString('latin1', 4, 4 + blob.readUInt32BE(0)));
    next(); // its comment
  }
  return types;
}
