"""Looks into the kernel's keyrings, which are shared by all that one user runs."""

import ctypes

from attempts import attempt, syscall

ADD_KEY, REQUEST_KEY, KEYCTL = 248, 249, 250
SESSION, USER = -3, -4
READ = 11
room = ctypes.create_string_buffer(4096)

attempt("the session's keys", lambda: syscall(KEYCTL, READ, SESSION, room, len(room)))
attempt("the user's keys", lambda: syscall(KEYCTL, READ, USER, room, len(room)))
attempt("leaving a key", lambda: syscall(ADD_KEY, b"user", b"planted", b"x", ctypes.c_size_t(1), USER))
attempt("asking for a key", lambda: syscall(REQUEST_KEY, b"user", b"planted", None, USER))
