"""Says what would rewrite the terminal, the log and the message of whoever reads it."""

import sys

ESC = "\x1b"
print(f"{ESC}]0;owned\x07{ESC}[2J{ESC}[H{ESC}]52;c;cm0gLXJmIC8=\x07all is well")
print("honest line\rforged line")
print("0\tforged number")
sys.stdout.buffer.write(b"\xff\xfe\x00 not text\n")
print("[32mfinished" * 3, flush=True)
sys.exit(f"{ESC}[2J{ESC}]8;;http://example.org{ESC}\\last words{ESC}[8m")
