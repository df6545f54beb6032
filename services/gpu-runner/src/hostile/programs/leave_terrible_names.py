"""Leaves files whose names are as long, as deep and as strange as the file system takes."""

import os

out = os.fsencode(os.environ["MW_OUT"])
names = [
    b"n" * 255,
    b"line\nbreak",
    b"\x1b[2Jclears the screen",
    b"\xff\xfe not UTF-8",
    b"-rf",
    b"..\\..\\windows",
    "\u202egpj.exe".encode(),
    b"$(touch planted)",
    b"con:nul",
    b" ",
    b"__proto__",
]
for name in names:
    os.close(os.open(out + b"/" + name, os.O_CREAT))
with open(out + b"/good.txt", "w") as file:
    file.write("good")
