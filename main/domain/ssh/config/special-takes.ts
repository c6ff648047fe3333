import { BadLine, quoted } from './bad-line.ts';
import { expandEnvironment } from './expand.ts';
import { type ForwardKind, forwardOf } from './forward.ts';
import { jumpOf } from './jump.ts';
import { bytesOf, portOf, secondsOf } from './numbers.ts';
import { listOf, setFirst } from './options.ts';
import { matchesPattern } from './pattern.ts';
import { commandOf, firstWord, type Line, type Take, takeSeconds } from './takes.ts';
import { lower } from './words.ts';

/** OpenSSH has no limit. */
const mostOfAKind = 1024;

export const takePort: Take = (line) => {
  const word = firstWord(line);
  const port = portOf(word, line.world.services);
  if (port === null || port === 0) throw new BadLine(`Bad port ${quoted(word)}: write a number from 1 to 65535`);
  if (line.active) setFirst(line.options, 'port', String(port));
};

export const takeProxyCommand: Take = (line) => {
  line.words.length = 0;
  if (line.active) line.options.proxyCommand ??= commandOf(line);
};

export const takeProxyJump: Take = ({ active, options, world, ...line }) => {
  line.words.length = 0;
  const text = line.rest.replace(/^[ \t\r\n=]+/, '');
  const jump = jumpOf(text, world.services);
  if (jump === null) throw new BadLine(`Invalid ProxyJump ${quoted(text)}: write user@host:port, several with commas`);
  if (!active || options.jump !== null || options.proxyCommand !== null) return;
  options.jump = jump;
  if (jump !== 'none') options.proxyCommand = 'none';
};

export function takeForward(kind: ForwardKind): Take {
  return ({ words, active, options, world, ...line }) => {
    const listen = firstWord({ words, active, options, world, ...line });
    const connect = kind.dynamic ? undefined : words.shift();
    const alone = connect === undefined || connect === '';
    if (alone && !kind.dynamic && !kind.remote) throw new BadLine('its target is missing');
    const text = expandEnvironment(alone ? listen : `${listen}:${connect}`, world);
    const dynamic = kind.dynamic || alone;
    const forward = text === null ? null : forwardOf(text, { dynamic, remote: kind.remote }, world.services);
    if (forward === null) throw new BadLine('Bad forwarding specification');
    if (!active) return;
    const { listen: end } = forward;
    if (!kind.remote && 'port' in end && end.port < 1024 && world.user.id !== 0) {
      throw new BadLine('only root may listen on a port below 1024');
    }
    const all = kind.remote ? options.forwards.remote : options.forwards.local;
    if (all.length >= mostOfAKind) throw new BadLine(`there are more than ${mostOfAKind} forwardings`);
    const known = all.some((other) => JSON.stringify(other) === JSON.stringify(forward));
    if (!known) all.push(forward);
  };
}

export const takeSendEnv: Take = ({ words, active, options }) => {
  for (const word of words.splice(0)) {
    if (word === '' || word.includes('=')) throw new BadLine(`${quoted(word)} is no name of an environment variable`);
    if (!active) continue;
    const all = listOf(options, 'sendenv');
    if (all.length >= mostOfAKind) throw new BadLine(`there are more than ${mostOfAKind} names`);
    if (!word.startsWith('-')) all.push(word);
    else {
      const kept = all.filter((name) => !matchesPattern(name, word.slice(1)));
      all.splice(0, all.length, ...kept);
    }
  }
};

export const takeSetEnv: Take = ({ words, active, options }) => {
  const all = listOf(options, 'setenv');
  const isFirst = all.length === 0;
  const names = new Set<string>();
  for (const word of words.splice(0)) {
    const [name = ''] = word.split('=', 1);
    if (!word.includes('=')) throw new BadLine(`SetEnv needs NAME=VALUE, and ${quoted(word)} has no value`);
    if (active && isFirst && !names.has(name)) all.push(word);
    names.add(name);
  }
};

export const takeRekeyLimit: Take = (line) => {
  const word = firstWord(line);
  const bytes = word === 'default' ? 0n : bytesOf(word);
  if (bytes === null) throw new BadLine(`${quoted(word)} is no amount of data: write 1G or default`);
  if (bytes !== 0n && bytes < 16n) throw new BadLine('RekeyLimit is too small');
  if (line.active) setFirst(line.options, 'rekeylimit', String(bytes));
  if (line.words[0] === 'none') line.words.shift();
  else if (line.words.length > 0) takeSeconds('rekeyinterval')(line);
};

/** A socket's path, `SSH_AUTH_SOCK`, `none`, or a variable that holds the path. */
export function agentPath(line: Line, word: string): string {
  if (expandEnvironment(word, line.world) === null)
    throw new BadLine(`${quoted(word)} names a variable that is not set`);
  if (/^\$(?!\{)/.test(word) && !/^\$[a-z\d_]+$/i.test(word)) {
    throw new BadLine(`${quoted(word)} is no name of an environment variable`);
  }
  return word;
}

export const takeIdentityAgent: Take = (line) => {
  const path = agentPath(line, firstWord(line));
  if (line.active) setFirst(line.options, 'identityagent', path);
};

export const takeForwardAgent: Take = (line) => {
  const word = firstWord(line);
  const flag = /^(?:yes|true)$/i.test(word) ? 'yes' : /^(?:no|false)$/i.test(word) ? 'no' : null;
  if (line.active) setFirst(line.options, 'forwardagent', flag ?? 'yes');
  if (flag !== null) return;
  const path = agentPath(line, word);
  if (line.active) line.options.agentToForward ??= path;
};

export const takeControlPersist: Take = (line) => {
  const word = firstWord(line);
  const flag = /^(?:yes|true)$/.test(word) ? 'yes' : /^(?:no|false)$/.test(word) ? 'no' : null;
  const seconds = flag === null ? secondsOf(word) : 0;
  if (seconds === null) throw new BadLine(`${quoted(word)} is neither yes nor no nor a time`);
  if (line.active) setFirst(line.options, 'controlpersist', flag ?? (seconds === 0 ? 'yes' : String(seconds)));
};

const agentKeys: Readonly<Record<string, string>> = {
  yes: 'true',
  true: 'true',
  no: 'false',
  false: 'false',
  ask: 'ask',
  confirm: 'confirm',
};

export const takeAddKeysToAgent: Take = (line) => {
  const word = firstWord(line);
  const time = line.words.shift();
  const state = Object.hasOwn(agentKeys, lower(word)) ? agentKeys[lower(word)] : undefined;
  const timed = state === undefined ? word : time;
  const seconds = timed === undefined ? 0 : secondsOf(timed);
  if (seconds === null || (time !== undefined && state !== 'confirm')) {
    throw new BadLine('it takes yes, no, ask, confirm or a time, and a time behind confirm');
  }
  const confirms = state === 'confirm' ? 'confirm ' : '';
  const value = seconds > 0 ? `${confirms}${seconds}` : (state ?? 'true');
  if (line.active) setFirst(line.options, 'addkeystoagent', value);
};
