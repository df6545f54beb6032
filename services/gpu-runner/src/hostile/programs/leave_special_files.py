"""Leaves files with rights that they should not keep: set-user-id programs, and folders that nobody may open."""

import os
import shutil
import stat

out = os.environ["MW_OUT"]
shutil.copy("/bin/sh", f"{out}/shell")
os.chmod(f"{out}/shell", 0o6777)
os.makedirs(f"{out}/closed/inner")
with open(f"{out}/closed/inner/file.txt", "w") as file:
    file.write("inside")
os.chmod(f"{out}/closed/inner/file.txt", 0)
os.chmod(f"{out}/closed/inner", 0)
os.chmod(f"{out}/closed", stat.S_ISVTX)
