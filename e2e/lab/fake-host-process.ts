import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { AuthContext, Connection, KeyboardAuthContext, ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import type { FakeHostOptions } from './fake-host.ts';

/** The other half of `startFakeHost`: runs in a process of its own. */
const options = JSON.parse(process.env.FAKE_HOST ?? '{}') as FakeHostOptions & { hostKey: string };
const attempts: string[] = [];

type Serve = (channel: ServerChannel, call: { user: string; command: string; port: number }) => void;
const replay: Serve | null = options.module ? (await import(options.module)).serve : null;

function cut(client: Connection): void {
  (client as unknown as { _sock: { destroy(): void } })._sock.destroy();
}

function authenticate(client: Connection, context: AuthContext): void {
  if (context.method !== 'none') attempts.push(context.method);
  const offered = (options.methods ?? offers()) as never[];
  const answer = (right: boolean) => {
    const instead = context.method === 'none' ? undefined : options.insteadOfAnswer;
    if (instead === 'hang up') cut(client);
    else if (instead === undefined && right) context.accept();
    else if (instead === undefined) context.reject(offered);
  };
  if (context.method === 'keyboard-interactive' && rounds.length > 0) {
    askRounds(context, answer);
  } else if (context.method === options.before && isRight(context)) {
    // The first of two factors: accepted, and not enough.
    if (context.method === 'publickey' && !context.signature) context.accept();
    else context.reject(['keyboard-interactive'] as never[], true);
  } else {
    answer(isRight(context));
  }
}

const rounds = options.rounds ?? (options.keyboardInteractive ? [{ prompts: [options.keyboardInteractive] }] : []);

function askRounds(context: KeyboardAuthContext, done: (right: boolean) => void, index = 0, right = true): void {
  const round = rounds[options.asksForEver === true ? index % rounds.length : index];
  if (round === undefined) {
    done(right);
    return;
  }
  const prompts = round.prompts.map(({ prompt, echo }) => ({ prompt, echo: echo ?? false }));
  context.prompt(prompts, '', 'instruction' in round ? (round.instruction ?? '') : '', (answers) => {
    askRounds(context, done, index + 1, right && round.prompts.every(({ answer }, at) => answers[at] === answer));
  });
}

function isRight(context: AuthContext): boolean {
  switch (context.method) {
    case 'none':
      return options.none === true;
    case 'password':
      return options.password !== undefined && context.password === options.password;
    case 'publickey': {
      const shown = `${context.key.algo} ${context.key.data.toString('base64')}`;
      return options.publicKey === 'any' || options.publicKey === shown;
    }
    default:
      return false;
  }
}

function offers(): string[] {
  return [
    ...(options.publicKey === undefined ? [] : ['publickey']),
    ...(rounds.length > 0 && options.before === undefined ? ['keyboard-interactive'] : []),
    ...(options.password === undefined ? [] : ['password']),
  ];
}

function serve(client: Connection, port: number): void {
  let user = '';
  client.on('error', () => {});
  client.on('authentication', (context) => {
    user = context.username;
    authenticate(client, context);
  });
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    if (!options.forwards) return reject();
    const far = connect(destPort, destIP);
    far.once('connect', () => {
      const channel = accept();
      channel.on('error', () => {});
      channel.pipe(far).pipe(channel);
    });
    far.once('error', () => reject());
  });
  client.on('session', (accept) => {
    if (options.behaviour === 'no channel') return;
    const session = accept();
    session.on('exec', (acceptExec, _reject, info) => {
      if (options.behaviour === 'silent') return;
      const channel = acceptExec();
      channel.on('error', () => {});
      if (replay) replay(channel, { user, command: info.command, port });
      else if (options.behaviour === 'endless') endless(channel);
      else run(client, channel, info.command);
    });
  });
}

function run(client: Connection, channel: ServerChannel, command: string): void {
  const child = spawn('sh', ['-c', command]);
  let left = options.behaviour === 'cut' ? (options.bytes ?? 0) : Number.POSITIVE_INFINITY;
  if (options.behaviour !== 'deaf') channel.pipe(child.stdin);
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    channel.write(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) setTimeout(() => cut(client), 20);
  });
  child.stderr.on('data', (chunk: Buffer) => channel.stderr.write(chunk));
  child.on('close', (code) => {
    if (left <= 0) return;
    channel.exit(code ?? 255);
    channel.end();
  });
  channel.on('close', () => child.kill());
}

/** Proves to be a shell first: the marker is in two pieces in what is sent. */
function endless(channel: ServerChannel): void {
  const block = Buffer.alloc(64 << 10, 'x');
  let left = 110 << 20;
  channel.once('data', (chunk: Buffer) => {
    channel.write(`${/(rack) (side-[0-9a-f-]+)/.exec(chunk.toString())?.slice(1).join('') ?? ''}\n`);
    const more = () => {
      while (left > 0 && channel.writable) {
        left -= block.length;
        if (!channel.write(block)) {
          channel.once('drain', more);
          return;
        }
      }
      channel.exit(0);
      channel.end();
    };
    more();
  });
}

const ports = await Promise.all(
  Array.from({ length: options.ports ?? 1 }, async () => {
    const { hostKey, algorithms, banner } = options;
    const settings = { hostKeys: [hostKey], ...(algorithms && { algorithms }), ...(banner && { banner }) };
    const server = new ssh2.Server(settings as never, (client) => serve(client, port()));
    const port = () => (server.address() as AddressInfo).port;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return port();
  }),
);
process.on('message', () => process.send?.({ attempts }));
process.on('disconnect', () => process.exit());
process.send?.({ ports });
