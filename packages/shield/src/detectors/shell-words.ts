// Names of commands. The telling ones are no words of any language; the plain ones are, and speak only
// with an argument that has the shape of one.
const telling =
  "bash sh zsh ksh csh tcsh dash ash fish wget curl nc ncat netcat socat telnet ssh scp sftp rsync ftp tftp lynx chmod chown chattr uname whoami ifconfig ipconfig netstat nslookup dig traceroute tracert hostname passwd useradd usermod adduser sudo su python python2 python3 perl ruby php php-fpm node lua gcc java javac awk gawk sed grep egrep fgrep zgrep xargs base64 base32 xxd hexdump od gzip gunzip zcat bzip2 bunzip2 bzcat xz unxz xzcat zstdcat unzstd tar unzip cpio mkfifo mknod mount umount crontab systemctl iptables lsof dmesg printenv env export printf sysctl uptime vmstat tcpdump nmap tac rev nl wc md5sum sha1sum sha256sum strings busybox nohup setsid docker kubectl git pip npm apt-get yum apk dpkg rpm mysql psql sqlite3 redis-cli mongo pkill killall reboot poweroff powershell pwsh cmd certutil bitsadmin mshta wscript cscript regsvr32 rundll32 regedit reg schtasks wmic tasklist taskkill net netsh sc icacls takeown vssadmin bcdedit bcdboot msiexec installutil forfiles explorer systeminfo ipconfig getmac attrib xcopy robocopy ls ll ps cp mv rm rmdir mkdir ln dd vi vim nano ed tee stat realpath readlink basename dirname alias unalias ulimit umask eval ping ping6 arp route ip ss df du pwd chroot bsdtar zstd lzcat lzma ar ab ansible cscli aa-disable visudo chef gdb ltrace strace tclsh expect openssl gpg screen tmux script watch timeout mail sendmail exim4 wall ipython jjs jrunscript rlwrap socat";
const plain =
  "cat id who w time date find head tail sort more less kill echo read type test exec source set get dir copy del move start call host file cut join split paste look last users groups jobs man make patch print tr cal clear history finger open sleep true false expr let local declare command nice env stty tty sync shutdown halt init service fold pr ex view diff cmp";

const tellingWords = /* @__PURE__ */ new Set(telling.split(" "));
const plainWords = /* @__PURE__ */ new Set(plain.split(" "));

/** How telling the name of a command is: 2 for a name that is no word, 1 for one that is, 0 for none. */
export function commandRank(word: string): 0 | 1 | 2 {
  const name = word.endsWith(".exe") ? word.slice(0, -4) : word.replace(/\d(?:\.\d{1,2})?$/, "");
  if (tellingWords.has(name) || tellingWords.has(word)) return 2;
  return plainWords.has(name) ? 1 : 0;
}
