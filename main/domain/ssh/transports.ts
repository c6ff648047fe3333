/** What can be done with a host over one transport, and by what. */
export interface TransportFeatures {
  readonly name: string;
  readonly when: string;
  /** By what each is done; null: not at all. */
  readonly program: string | null;
  readonly command: string | null;
  readonly sftp: string | null;
  readonly forward: string | null;
  readonly pty: string | null;
}

/** The table of docs/ssh.md; a test holds the two against each other. */
export const transportFeatures: readonly TransportFeatures[] = [
  {
    name: 'local',
    when: 'this machine',
    program: 'a process group of its own',
    command: 'a process group of its own',
    sftp: 'Node',
    forward: null,
    pty: null,
  },
  {
    name: 'ssh2',
    when: 'every host that it can reach: it is preferred',
    program: 'a channel of the one connection',
    command: 'a channel of the same; a second connection where the host allows one channel',
    sftp: 'sftp, else commands',
    forward: 'a channel of the jump host',
    pty: null,
  },
  {
    name: 'openssh',
    when: 'what ssh2 cannot do',
    program: 'the system’s `ssh` on a control socket of our own',
    command: 'the same; a second connection where the host allows one channel',
    sftp: 'commands: `stat`, `tail`, `head`',
    forward: '`ProxyJump` of the technician’s configuration',
    pty: null,
  },
];
