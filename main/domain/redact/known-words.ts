/**
 * Words that are no names, although a host or a user may be called so: accounts that systems come with, what kernels
 * and tools print, and what parsers look for. A name that is one of them stays as it is, or values would change.
 */
const accounts = `root daemon bin sys sync games man lp mail news uucp proxy www-data www backup list irc gnats nobody
  nogroup systemd messagebus syslog sshd postgres mysql redis nginx apache httpd tomcat jenkins git docker libvirt qemu
  kvm ceph zabbix nagios prometheus grafana elasticsearch rabbitmq mongodb memcached postfix dovecot exim bind named
  ntp chrony _chrony polkitd avahi colord gdm lightdm sddm rtkit pulse pipewire dnsmasq tss uuidd tcpdump landscape
  pollinate usbmux saned statd rpc rpcuser nfsnobody dbus ftp operator halt shutdown adm wheel sudo users staff
  administrator admin guest system local service network ubuntu debian pi vagrant ec2-user centos fedora
  cloud-user default user username users login anonymous unknown none invalid owner group other everyone pam pve
  plugdev netdev dialout cdrom floppy audio video tape shadow utmp crontab ssl-cert ssh input render sgx src sasl
  nullmail kmem fax voice lpadmin scanner sambashare lxd systemd-journal systemd-network _ssh backuppc minecraft`;

const systemWords = `localhost localdomain ip6-localhost ip6-loopback localnet broadcasthost host hosts hostname node nodes
  server servers client machine computer domain workgroup home root dev proc sys run tmp var usr etc opt srv mnt media
  boot lib lib64 sbin share include src log logs spool cache data database db backup backups config conf default test
  tests testing prod production staging example sample demo temp cpu cpus mem memory swap disk disks net eth lo wlan
  bond br docker0 virbr veth tap tun vmbr fwbr fwln fwpr total used free available buffers cached shared active
  inactive dirty some full avg10 avg60 avg300 intr ctxt btime processes procs softirq page kernel kworker init systemd
  journald udevd logind resolved networkd timesyncd cron crond rsyslogd agetty getty login bash sh dash zsh fish ash
  busybox python python3 perl ruby java node npm awk gawk mawk sed grep cat head tail find sort uniq cut tr wc ls ps
  top htop df du free uptime who w id last ip ss netstat lsblk lsof mount umount fdisk parted blkid smartctl zpool zfs
  mdadm lvm pvs vgs lvs nvme sensors uname date time sleep echo printf test true false yes no on off null nil enabled
  disabled active running stopped failed exited dead loaded static masked online offline degraded faulted unavail
  removed avail mirror raidz raidz1 raidz2 raidz3 spare spares cache log logs special replacing state status name
  pool scan config errors error warning info debug notice crit alert emerg read write cksum size type uid gid pid ppid
  user group tty from what command cmd args stat vmrss uid gid threads nice pri virt res shr start started stop fast
  medium slow round end begin ext2 ext3 ext4 xfs btrfs vfat ntfs nfs cifs tmpfs devtmpfs overlay squashfs proc sysfs
  cgroup fuse rpool tank none filesystem mounted blocks capacity use device devices driver model serial number version
  vendor product family firmware revision yes http https ssh ftp smtp imap dns dhcp ntp ldap api app web www mail smtp
  intern internal external public private lan wan vpn dmz com net org edu gov io de at ch eu uk fr nl local test
  invalid port ports address addr inet inet6 link route default via scope global dynamic mtu up down qlen state ether
  password passwd secret token key auth none basic bearer digest required optional hidden redacted removed changed
  expired missing empty set unset allowed denied accepted rejected failure success ok fail monitor manager master slave
  primary secondary main live old new current latest first second third one two three the and for with not all any
  session sessions opened closed connection connect connected disconnected request response file files path dir
  directory folder link target source output input string text json xml html value values int float bool object array
  linux gnu windows darwin freebsd alpine debian ubuntu proxmox centos rhel fedora arch suse x86_64 amd64 arm64 aarch64
  i386 i686 generic cloud edge microcode pcie sata nvme scsi usb raid hba guest qemu lxc vm ct container storage
  monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun jan feb mar apr may jun jul aug
  sep oct nov dec utc gmt cet cest est pst up load average users day days hour hours min mins minute minutes sec secs
  unix file tcp udp pipe fd exec jar tap stdin stdout stderr select found at in of by to is was be see usage
  still logged in gone reboot crash wtmp pts console tty1 display seat0 manual automatic temperature fan volt package`;

const known = new Set([...accounts.split(/\s+/), ...systemWords.split(/\s+/)]);

/** Whose pages and packages are named in the output of any host. */
const publicDomains = `debian.org ubuntu.com kernel.org gnu.org proxmox.com redhat.com fedoraproject.org centos.org
  opensuse.org archlinux.org alpinelinux.org freebsd.org github.com githubusercontent.com gitlab.com google.com
  googleapis.com microsoft.com apple.com docker.com docker.io npmjs.org nodejs.org python.org pypi.org openssl.org
  openssh.com smartmontools.org openzfs.org zfsonlinux.org freedesktop.org systemd.io ntp.org launchpad.net w3.org
  mozilla.org letsencrypt.org canonical.com oracle.com ietf.org iana.org samba.org sourceforge.net`.split(/\s+/);

/** @param word in small letters */
export function isKnownWord(word: string): boolean {
  return known.has(word) || /^(systemd|_|kworker|irq)[-/_]?/.test(word);
}

/** @param name in small letters */
export function isPublicDomain(name: string): boolean {
  return publicDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** Device names, interfaces, versions, numbers: what may stand where a name is looked for, and is none. */
export function isNoName(word: string): boolean {
  return (
    word.length < 2 ||
    word.length > 64 ||
    !/[a-z\x80-\xff]/.test(word) ||
    isKnownWord(word) ||
    /^(sd[a-z]{1,2}|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d+n?|dm-|md|loop|ram|zram|sr|fd|eth|en[ospx]|wl[ospx]|ww[ospx]|tty|pts\/?|bond|br-?|vmbr|veth|tap|tun|wg|docker|virbr|cpu|core|node|mirror-|raidz\d?-|draid\d?-|spare-|replacing-|v?\d+\.|0x)[\da-z.:/-]*\d[\da-z.:/-]*$/.test(
      word,
    ) ||
    /^(sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|lo|eth|br|bond)$/.test(word)
  );
}
