"""The file system a contained program sees: built from nothing, read-only but for its own folders.

    /usr /lib* /bin /sbin   the host's, read-only          /tmp, /dev/shm   private, in memory, capped
    /etc                    a few generated files           /dev             null zero full random urandom
    the Python environment  at its own path, read-only      /proc            of the job's own processes
    the spec's mounts       read-only, or writable for its work and output
    the spec's devices      at their own paths, and then /sys, read-only

Called in a process that has just entered its own mount and pid namespaces.
"""

import os

from mw_sandbox import device_files, kernel
from mw_sandbox.files import read_text
from mw_sandbox.spec import JOB_FOLDERS

_SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/nix/store", "/gnu/store")
# Debian resolves libraries such as BLAS through /etc/alternatives.
_ETC = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "mime.types", "fonts")
# What a program with the host's network needs to find and to trust its servers. Private keys are elsewhere.
_ETC_NETWORK = (
    "hosts",
    "resolv.conf",
    "ssl/certs",
    "ssl/cert.pem",
    "ssl/openssl.cnf",
    "ca-certificates",
    "pki/tls/certs",
    "pki/ca-trust",
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_SAFE = kernel.MS_NOSUID | kernel.MS_NODEV
_KEPT_FLAGS = {
    "ro": kernel.MS_RDONLY,
    "nosuid": kernel.MS_NOSUID,
    "nodev": kernel.MS_NODEV,
    "noexec": kernel.MS_NOEXEC,
    "noatime": kernel.MS_NOATIME,
    "nodiratime": kernel.MS_NODIRATIME,
    "relatime": kernel.MS_RELATIME,
}


def enter(scratch, spec, uid, gid):
    """Makes the new root on `scratch` (any folder), moves into it, and returns notes of what is missing."""
    notes = []
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    # Sources are opened first: the new root may hide them by their paths.
    sources = [(_open(m.source), m.target, m.writable) for m in spec.mounts]
    toolchain = [(_open(path), path, False) for path in python_folders(spec.python)]
    kernel.mount("sandbox", scratch, "tmpfs", _SAFE, "size=4m,mode=0755")
    if spec.cwd.startswith(JOB_FOLDERS):
        os.makedirs(scratch + spec.cwd)  # that of a warm worker, whose job brings its own later
    _system(scratch)
    _etc(scratch, uid, gid, spec.network)
    size = f"size={int(spec.limits.temporary_bytes)}"
    _memory_folder(scratch + "/tmp", size)
    _devices(scratch, size)
    for descriptor, target, writable in toolchain + sources:
        _bind(descriptor, scratch + target, writable)
        os.close(descriptor)
    note = _processes(scratch)
    if note:
        notes.append(note)
    if spec.devices:
        notes += device_files.provide(scratch, spec.devices)
    os.chdir(scratch)
    kernel.pivot_root(".", ".")
    kernel.detach_mount(".")
    os.chdir("/")
    lock_root(True)
    return notes


def lock_root(locked):
    """Makes the root of this mount namespace read-only, or not. Only root may write there in either case."""
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | _SAFE
    kernel.mount(None, "/", None, flags | (kernel.MS_RDONLY if locked else 0))


def make_place(target, is_folder):
    """Something to mount on, where there is nothing yet."""
    if is_folder:
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target):  # the place may lie in something mounted read-only
            _touch(target)


def resize_memory_folders(size):
    """Of /tmp and /dev/shm, from inside their mount namespace."""
    for path in ("/tmp", "/dev/shm"):
        kernel.mount("memory", path, "tmpfs", kernel.MS_REMOUNT | _SAFE, f"size={int(size)}")


def python_folders(python):
    """The folders an interpreter needs: its environment, and its installation unless that is in /usr."""
    if python is None:
        return []
    found = []
    environment = os.path.dirname(os.path.dirname(python))
    if os.path.exists(environment + "/pyvenv.cfg"):
        found.append(environment)
        for line in read_text(environment + "/pyvenv.cfg").splitlines():
            key, _, value = line.partition("=")
            if key.strip() == "home":
                found += _installation(os.path.dirname(value.strip()))
    else:
        found += _installation(environment)
    # The interpreter may be a chain of links through folders of another installation.
    found += _installation(os.path.dirname(os.path.dirname(os.path.realpath(python))))
    return sorted({path for path in found if not path.startswith("/usr/")})


def _installation(prefix):
    """Parts of an installation, not the whole prefix: that may be somebody's home."""
    if prefix in ("/usr", "/", ""):
        return []
    parts = [f"{prefix}/{name}" for name in ("bin", "lib", "lib64", "share")]
    return [part for part in parts if os.path.isdir(part)]


def _open(path):
    return os.open(path, os.O_PATH | os.O_CLOEXEC)


def _system(root):
    for path in _SYSTEM:
        if os.path.islink(path):
            os.symlink(os.readlink(path), root + path)
        elif os.path.isdir(path):
            _bind_path(path, root + path)


def _etc(root, uid, gid, reach):
    os.mkdir(root + "/etc", 0o755)
    generated = {
        "passwd": f"root:x:0:0:root:/:/bin/false\njob:x:{uid}:{gid}:job:/tmp:/bin/sh\n",
        "group": f"root:x:0:\njob:x:{gid}:\n",
        "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    }
    shown = _ETC
    if reach == "host":
        del generated["hosts"]
        generated["nsswitch.conf"] = "passwd: files\ngroup: files\nhosts: files dns\n"
        shown += _ETC_NETWORK
    for name, text in generated.items():
        with open(f"{root}/etc/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    for name in shown:
        source = f"/etc/{name}"
        if os.path.exists(source):
            _bind_path(os.path.realpath(source), f"{root}/etc/{name}")


def _devices(root, size):
    os.mkdir(root + "/dev", 0o755)
    for name in _DEVICES:
        descriptor = _open(f"/dev/{name}")
        _touch(f"{root}/dev/{name}")
        kernel.mount(f"/proc/self/fd/{descriptor}", f"{root}/dev/{name}", None, kernel.MS_BIND)
        os.close(descriptor)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{root}/dev/{name}")
    _memory_folder(root + "/dev/shm", size)


def _memory_folder(path, size):
    os.mkdir(path, 0o1777)
    kernel.mount("memory", path, "tmpfs", _SAFE, f"{size},mode=1777")


def _processes(root):
    """Mounts /proc of the new pid namespace; inside some containers the kernel refuses."""
    os.mkdir(root + "/proc", 0o555)
    try:
        kernel.mount("proc", root + "/proc", "proc", _SAFE | kernel.MS_NOEXEC)
    except OSError as error:
        return f"/proc is empty ({error.strerror})"
    return None


def _bind_path(path, target):
    descriptor = _open(path)
    _bind(descriptor, target, False)
    os.close(descriptor)


def _bind(descriptor, target, writable):
    """Binds an open file or folder with everything mounted below it."""
    source = f"/proc/self/fd/{descriptor}"
    make_place(target, os.path.isdir(source))
    kernel.mount(source, target, None, kernel.MS_BIND | kernel.MS_REC)
    for point, flags in mounts_below(read_text("/proc/self/mountinfo"), os.path.realpath(target)):
        wanted = flags | _SAFE | (0 if writable else kernel.MS_RDONLY)
        kernel.mount(None, point, None, kernel.MS_REMOUNT | kernel.MS_BIND | wanted)


def mounts_below(mountinfo, target):
    """(mount point, flags it has) of `target` and everything under it.

    The flags must be repeated in a remount: an unprivileged namespace may add to them, not clear them.
    """
    found = []
    for line in mountinfo.splitlines():
        words = line.split()
        point = words[4].encode().decode("unicode_escape")
        if point == target or point.startswith(target + "/"):
            flags = 0
            for option in words[5].split(","):
                flags |= _KEPT_FLAGS.get(option, 0)
            found.append((point, flags))
    return found


def _touch(path):
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))
