"""Leaves links, pipes and sockets for those who read its output."""

import os
import socket

from attempts import scene

out = os.environ["MW_OUT"]
os.symlink(scene["labels"], f"{out}/predictions.csv")
os.symlink("/etc", f"{out}/etc")
os.symlink("../../../../../../etc/passwd", f"{out}/up")
os.symlink("/proc/self/environ", f"{out}/environ")
os.mkfifo(f"{out}/pipe")
listener = socket.socket(socket.AF_UNIX)
os.chdir(out)
listener.bind("socket")
with open("real.txt", "w") as file:
    file.write("real")
