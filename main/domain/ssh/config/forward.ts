import { portOf } from './numbers.ts';

/** One end of a forwarding: a socket's path, or a port with a host where one is said. */
type End = { readonly path: string } | { readonly host: string | null; readonly port: number };

export interface Forward {
  readonly listen: End;
  readonly connect: End;
}

const longestHost = 1025;
const longestPath = 108;

/** What ssh asks of a forwarding; `dynamic` has no other end. */
export interface ForwardKind {
  readonly dynamic: boolean;
  readonly remote: boolean;
}

/** `[bind:]port:host:port` and its forms with paths of sockets; null for what ssh would refuse. */
export function forwardOf(text: string, kind: ForwardKind, services: ReadonlyMap<string, number>): Forward | null {
  const fields = fieldsOf(text.trimStart());
  if (fields === null) return null;
  const made = madeOf(fields, (port) => portOf(port, services) ?? -1);
  if (made === null) return null;
  const { listen, connect } = made;
  const ends = fields.length;
  if (kind.dynamic ? ends > 2 : ends < 3 && !('path' in listen) && !('path' in connect)) return null;
  if (!kind.dynamic && 'port' in connect && connect.port <= 0) return null;
  if ('port' in listen && (listen.port < 0 || (listen.port === 0 && !kind.remote))) return null;
  return fits(listen) && fits(connect) ? made : null;
}

/** As `ssh -G` prints it. */
export function forwardText({ listen, connect }: Forward, dynamic: boolean): string {
  return dynamic ? endText(listen) : `${endText(listen)} ${endText(connect)}`;
}

export function isDynamic({ connect }: Forward): boolean {
  return 'path' in connect ? true : connect.host === 'socks';
}

function endText(end: End): string {
  if ('path' in end) return end.path;
  return end.host === null ? String(end.port) : `[${end.host}]:${end.port}`;
}

function fits(end: End): boolean {
  return 'path' in end ? end.path.length < longestPath : (end.host ?? '').length < longestHost;
}

interface Field {
  readonly text: string;
  readonly isPath: boolean;
}

function madeOf(fields: readonly Field[], port: (text: string) => number): Forward | null {
  const [a, b, c, d] = fields;
  const socks = { host: 'socks', port: 0 };
  if (a === undefined) return null;
  const first: End = a.isPath ? { path: a.text } : { host: null, port: port(a.text) };
  if (b === undefined) return { listen: first, connect: socks };
  if (c === undefined) {
    if (b.isPath) return { listen: first, connect: { path: b.text } };
    return { listen: { host: a.text, port: port(b.text) }, connect: socks };
  }
  if (d !== undefined) {
    return { listen: { host: a.text, port: port(b.text) }, connect: { host: c.text, port: port(d.text) } };
  }
  if (a.isPath || !c.isPath) return { listen: first, connect: { host: b.text, port: port(c.text) } };
  return { listen: { host: a.text, port: port(b.text) }, connect: { path: c.text } };
}

/** Fields between colons; one in brackets is taken as it is. */
function fieldsOf(text: string): Field[] | null {
  const found: Field[] = [];
  let rest = text;
  while (rest !== '' && found.length < 4) {
    const [whole, inBrackets, plain = ''] = /^(?:\[([^\]]*)\](?=:|$)|((?:\\.|[^\\:])*))(?::|$)/s.exec(rest) ?? [];
    if (whole === undefined || (inBrackets === undefined && rest.startsWith('['))) return null;
    const field = inBrackets ?? plain.replaceAll(/\\(.)/gs, '$1');
    found.push({ text: field, isPath: field.includes('/') });
    rest = rest.slice(whole.length);
  }
  return rest === '' ? found : null;
}
