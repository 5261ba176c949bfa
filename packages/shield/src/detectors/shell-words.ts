// Names of commands. The telling ones are no words of any language; the plain ones are, and speak only
// with an argument that has the shape of one.
const telling =
  "bash sh zsh ksh csh tcsh wget curl nc ncat netcat socat telnet ssh scp sftp rsync ftp tftp lynx chmod chown chattr uname whoami ifconfig ipconfig netstat nslookup traceroute tracert useradd usermod adduser sudo su python2 python3 php php-fpm gcc javac awk gawk sed grep egrep fgrep zgrep xargs base64 base32 xxd hexdump od gzip gunzip zcat bzip2 bunzip2 bzcat xz unxz xzcat zstdcat unzstd tar unzip cpio mkfifo mknod env umount crontab systemctl iptables lsof dmesg printenv printf sysctl uptime vmstat tcpdump nmap rev nl wc md5sum sha1sum sha256sum busybox nohup setsid kubectl pip npm apt-get apk dpkg rpm mysql psql sqlite3 redis-cli pkill killall reboot poweroff powershell pwsh cmd certutil bitsadmin mshta wscript cscript regsvr32 rundll32 regedit reg schtasks wmic tasklist taskkill netsh icacls takeown vssadmin bcdedit bcdboot msiexec installutil forfiles explorer systeminfo getmac attrib xcopy robocopy ls ll ps cp mv rm rmdir mkdir ln dd vi vim nano stat realpath readlink basename dirname alias unalias ulimit umask eval ping ping6 arp route du pwd chroot bsdtar zstd lzcat lzma ab ansible cscli aa-disable visudo gdb ltrace strace tclsh openssl gpg tmux timeout sendmail exim4 wall ipython jjs jrunscript rlwrap";
const plain =
  "cat id who w time date find head tail sort more less kill echo read type test exec source set get dir copy del move start call host file cut join split paste look last users groups jobs man make patch print tr cal clear history finger open sleep true false expr let local declare command nice stty tty sync shutdown halt init service fold pr ex view diff cmp dash ash fish dig hostname passwd python perl ruby node lua java mount export tac strings docker git yum mongo net sc ed tee ip ss df ar chef expect screen script watch mail touch start ver seq";

const tellingWords = /* @__PURE__ */ new Set(telling.split(" "));
const plainWords = /* @__PURE__ */ new Set(plain.split(" "));

/** How telling the name of a command is: 2 for a name that is no word, 1 for one that is, 0 for none. */
export function commandRank(word: string): 0 | 1 | 2 {
  const name = word.endsWith(".exe") ? word.slice(0, -4) : word.replace(/\d(?:\.\d{1,2})?$/, "");
  if (tellingWords.has(name) || tellingWords.has(word)) return 2;
  return plainWords.has(name) ? 1 : 0;
}
