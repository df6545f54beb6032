"""Leaves archives whose entries lead out of wherever they are unpacked."""

import io
import os
import tarfile
import zipfile

out = os.environ["MW_OUT"]
TARGETS = ["../../escaped", "/tmp/escaped", "..\\escaped", "model/../../../escaped"]

with tarfile.open(f"{out}/model.tar", "w") as tar:
    for name in TARGETS:
        entry = tarfile.TarInfo(name)
        entry.size = 4
        tar.addfile(entry, io.BytesIO(b"evil"))
    link = tarfile.TarInfo("link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    tar.addfile(link)
    tar.addfile(tarfile.TarInfo("link/planted"))
with zipfile.ZipFile(f"{out}/model.zip", "w") as archive:
    for name in TARGETS:
        archive.writestr(name, "evil")
with open(f"{out}/manifest.json", "w") as file:
    file.write('{"version":1,"files":[{"path":"../../escaped"}]}')
