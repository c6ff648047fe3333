import { asked, type ConfigCase } from './config-cases-fixture.ts';

/** `Match`, `Include` and the second pass. */
export const sectionCases: readonly ConfigCase[] = [
  asked('Match all', 'Host db\n  Port 1\nMatch all\n  Port 2\n'),
  asked('Match host', 'Match host w*b,db\n  Port 2\nMatch Host WEB\n  User x\n', { host: 'Web' }),
  asked(
    'Match host is of the name that is set',
    'HostName real.example\nMatch host web\n  Port 1\nMatch host *.example\n  Port 2\n',
  ),
  asked('Match originalhost is of what was typed', 'HostName real.example\nMatch originalhost web\n  Port 1\n'),
  asked('Match host before its name is set', 'Match host web\n  Port 1\nHost *\n  HostName real.example\n'),
  asked('Match negated', 'Match !host db\n  Port 2\nMatch !originalhost web\n  User x\n'),
  asked('Match with a negation in its list', 'Match host *,!web\n  Port 2\nMatch host !db,w*\n  User x\n'),
  asked('Match user', 'User bob\nMatch user bob,eve\n  Port 2\nMatch user nobody\n  Port 3\n'),
  asked('Match user by -l', 'Match user eve\n  Port 2\n', { options: ['-l', 'eve'] }),
  asked('Match localuser', 'Match localuser nobody-at-all\n  Port 2\nMatch !localuser nobody-at-all\n  User x\n'),
  asked('Match with several', 'Match host web user bob\n  Port 2\nMatch host web !user bob\n  Port 3\n'),
  asked('Match with equals and quotes', 'Match host="web" user=*\n  Port 2\n'),
  asked('Match with a comment', 'Match host web # user nobody\n  Port 2\n'),
  asked('Match canonical in the first pass', 'Match canonical\n  Port 2\nMatch !canonical\n  User x\n'),
  asked('Match final', 'Match final\n  Port 2\nHost *\n  User x\n'),
  asked('Match final: what was set before stays', 'Port 1\nMatch final host web\n  Port 2\n  User x\n'),
  asked('Match !final', 'Match !final\n  Port 2\nMatch final\n  User x\n'),
  asked('Match final all', 'Match final all\n  Port 2\n'),
  asked('Match canonical all', 'Match canonical all\n  Port 2\n'),
  asked(
    'the second pass is of the name that was found',
    'Host web\n HostName real.example\nMatch final\nHost real.example\n Port 2\n',
  ),
  asked(
    'lists in two passes',
    'SendEnv A\nSetEnv A=1\nLocalForward 1 x:1\nIdentityFile /a\nCertificateFile /c\nDynamicForward 2\nMatch final\nIdentityFile /b\n',
  ),
  asked('a jump in two passes', 'Match final\nProxyJump late\nHost *\nProxyJump early\n'),
  asked('IgnoreUnknown in two passes', 'IgnoreUnknown a,b\nA 1\nMatch final\nB 2\n'),
  asked(
    'CanonicalizeHostname makes a second pass',
    'CanonicalizeHostname yes\nHostName real.example\nSendEnv A\nHost real.example\n  Port 2\n',
    {
      host: 'a.b.c',
    },
  ),
  asked(
    'CanonicalizeHostname and a proxy',
    'CanonicalizeHostname yes\nCanonicalDomains example\nProxyJump b\nMatch canonical\n  Port 2\n',
  ),
  asked(
    'CanonicalDomains',
    'CanonicalDomains A.example. b.example\nCanonicalizePermittedCNAMEs *.A:*.b *\nProxyJump b\n',
  ),
  asked(
    'the second pass has no say in canonicalisation',
    'Match final\nCanonicalizeFallbackLocal no\nCanonicalizeMaxDots 3\nCanonicalizeHostname yes\n',
  ),
  asked('CanonicalDomains none', 'CanonicalDomains none\nCanonicalizeHostname yes\nCanonicalizePermittedCNAMEs none\n'),
  asked('canonical by the names of this machine', 'CanonicalizeHostname yes\nCanonicalizeMaxDots 0\n', {
    host: 'localhost',
  }),
  asked(
    'a domain that nobody knows',
    'CanonicalizeHostname yes\nCanonicalDomains invalid\nMatch canonical\n  Port 2\n',
  ),
  asked('an address is not canonicalised', 'CanonicalizeHostname yes\nCanonicalDomains invalid\n', { host: '10.1' }),
  asked('Include', 'Include DIR/one\nPort 2\n', { files: { one: 'Port 1\nUser x\n' } }),
  asked('Include of nothing', 'Include DIR/none DIR/*.conf "DIR/a b"\nPort 2\n'),
  asked('Include by pattern, sorted', 'Include DIR/*.conf\n', {
    files: { 'b.conf': 'Port 2\n', 'a.conf': 'Port 1\n', '.c.conf': 'User hidden\n', 'A.conf': 'User x\n' },
  }),
  asked('Include by classes and question marks', 'Include DIR/[ab]?.conf DIR/[!ab]1.conf DIR/\\*\n', {
    files: { 'a1.conf': 'Port 1\n', 'c1.conf': 'User x\n', 'b.conf': 'Compression yes\n', '*': 'BatchMode yes\n' },
  }),
  asked('Include of several', 'Include DIR/one DIR/two\n', { files: { one: 'User x\n', two: 'User y\nPort 1\n' } }),
  asked('Include with a space in its name', 'Include "DIR/a b"\nInclude DIR/a\\ c\n', {
    files: { 'a b': 'Port 1\n', 'a c': 'User x\n' },
  }),
  asked('Include in a section that applies', 'Host web\n  Include DIR/one\n  User y\n', { files: { one: 'Port 1\n' } }),
  asked('Include in a section that does not', 'Host db\n  Include DIR/one\nHost *\n User y\n', {
    files: { one: 'Port 1\nHost web\n  Port 2\nMatch all\n  Port 3\n' },
  }),
  asked('Include in Match', 'Match host web\n  Include DIR/one\nMatch host db\n  Include DIR/two\n', {
    files: { one: 'Port 1\n', two: 'User x\n' },
  }),
  asked('sections of an include end with it', 'Include DIR/one\nPort 9\n', { files: { one: 'Host db\n  User x\n' } }),
  asked('sections go on behind an include', 'Host web\n  Include DIR/one\n  Port 9\n', {
    files: { one: 'Host db\n  User x\n' },
  }),
  asked('includes in includes', 'Include DIR/one\n', {
    files: { one: 'User x\nInclude DIR/two\n', two: 'Port 2\nInclude DIR/three\n', three: 'Compression yes\n' },
  }),
  asked('an include asks for the second pass', 'Include DIR/one\n', { files: { one: 'Match final\n  Port 2\n' } }),
  asked('an unused include asks for the second pass', 'SendEnv A\nHost db\n  Include DIR/one\n', {
    files: { one: 'Match final\n  Port 2\n' },
  }),
  asked('Include of a directory', 'Include DIR\nPort 2\n'),
  asked('a real one', realLife(), { host: 'db1.prod' }),
  asked('a real one, its bastion', realLife(), { host: 'bastion' }),
  asked('a real one, another', realLife(), { host: 'git.example.org' }),
];

function realLife(): string {
  return `# Work
IgnoreUnknown UseKeychain,XAuthLocation

Host bastion jump
    HostName bastion.example.com
    User alice
    Port 2200
    IdentityFile ~/.ssh/id_bastion
    IdentitiesOnly yes

Host *.prod !bastion.prod
    ProxyJump bastion
    User deploy
    HostName %h.internal.example.com
    StrictHostKeyChecking accept-new
    UserKnownHostsFile ~/.ssh/known_hosts.prod

Match host *.internal.example.com user deploy
    IdentityFile "~/.ssh/id deploy"
    ServerAliveInterval 30
    ServerAliveCountMax 2

Host git.example.org
    User git
    PreferredAuthentications publickey
    PubkeyAcceptedAlgorithms +ssh-rsa
    HostKeyAlgorithms +ssh-rsa

Host *
    UseKeychain yes
    AddKeysToAgent yes
    ControlMaster auto
    ControlPath ~/.ssh/cm/%C
    ControlPersist 10m
    SendEnv LANG LC_*
    HashKnownHosts yes
    ConnectTimeout 10
`;
}
