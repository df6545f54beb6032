"""Opens what leads past the file system: memory, disks, the kernel's log, network devices."""

import glob
import os
import stat

from attempts import attempt, read


def any_disk():
    for path in glob.glob("/dev/[svx]d*") + glob.glob("/dev/nvme*") + glob.glob("/dev/loop*"):
        return read(path)
    raise LookupError("there is no disk")


attempt("the machine's memory", lambda: read("/dev/mem"))
attempt("the kernel's memory", lambda: read("/proc/kcore"))
attempt("the kernel's log", lambda: os.close(os.open("/dev/kmsg", os.O_RDONLY | os.O_NONBLOCK)))
attempt("a disk", any_disk)
attempt("a network device", lambda: os.close(os.open("/dev/net/tun", os.O_RDWR)))
attempt("a user's file system", lambda: os.close(os.open("/dev/fuse", os.O_RDWR)))
attempt("a device of its own making", lambda: os.mknod("disk", stat.S_IFBLK | 0o600, os.makedev(8, 0)))
attempt("the terminal", lambda: os.close(os.open("/dev/tty", os.O_RDWR)))
