"""What runs inside a warm worker: Python that has imported the usual packages and waits to become a program.

Never imported: its text is sent to the interpreter of the job's environment, which has run nothing else. That
interpreter is the program of a sandbox like any other; its standard input is a socket to the supervisor:

    supervisor → this text          → {"modules": [...], "absent": [...], "threads": n}   ready
    supervisor → {"argv": [...], "env": {...}, "cwd": "..."}                              become this, once

It then does what `python train.py …` or `python -m module …` would have done, in the same process, from the
same state: module `__main__`, arguments, search path, environment, tracebacks. Nothing here contains
anything: every limit and every mount is put upon this process from outside.
"""

import sys

# What any interpreter has loaded before its program begins: a file of the job could not have taken its place.
_ALWAYS_LOADED = frozenset(sys.modules)

import importlib.machinery  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import threading  # noqa: E402

_STARTED_WITH = dict(os.environ)

_LONGEST_MESSAGE = 1 << 20


def _serve(names):
    if not _safe_path():
        del sys.path[0]  # the folder this interpreter was started in; the job brings its own
    absent = [name for name in names if not _imported(name)]
    loaded = {name.partition(".")[0] for name in sys.modules.keys() - _ALWAYS_LOADED}
    ready = {"modules": sorted(loaded), "absent": absent, "threads": threading.active_count() - 1}
    sys.stdout.flush()
    sys.stderr.flush()  # what libraries said when they were loaded is not the job's
    os.write(0, json.dumps(ready).encode())
    order = os.read(0, _LONGEST_MESSAGE)
    if not order:
        os._exit(0)  # nobody wants it any more
    _become(**json.loads(order))


def _imported(name):
    try:
        importlib.import_module(name)
    except Exception:  # not there, or broken: the job will hear of it when it asks for it itself
        return False
    return True


def _become(argv, env, cwd):
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    # What libraries have set when they were loaded stays, as it would have.
    os.environ.update({name: value for name, value in env.items() if _STARTED_WITH.get(name) != value})
    os.chdir(cwd)
    sys.orig_argv[:] = argv
    try:
        if argv[1] == "-m":
            _run_module(argv[2], argv[3:])
        else:
            _run_script(argv[1], argv[1:])
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        # As the interpreter does at the end of a program, without the frames of this file.
        error.__traceback__ = _own_part(error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
        sys.exit(1)


def _run_script(path, argv):
    main = sys.modules["__main__"]
    place = path if os.path.isabs(path) else f"{os.getcwd()}/{path}"
    try:
        with open(place, "rb") as file:
            source = file.read()
    except OSError as error:
        reason = f"[Errno {error.errno}] {error.strerror}"
        print(f"{sys.executable}: can't open file {place!r}: {reason}", file=sys.stderr)
        sys.exit(2)
    sys.argv = argv
    _search_first(os.path.dirname(os.path.realpath(place)))
    main.__file__ = place
    main.__cached__ = None
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", place)
    exec(compile(source, place, "exec", dont_inherit=True), main.__dict__)


def _run_module(name, rest):
    import runpy

    sys.argv = ["-m", *rest]
    _search_first(os.getcwd())
    runpy._run_module_as_main(name)  # what the interpreter itself calls for -m


def _search_first(folder):
    if not _safe_path():
        sys.path.insert(0, folder)


def _safe_path():
    return getattr(sys.flags, "safe_path", False)


def _own_part(trace):
    while trace is not None and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    return trace


_serve(sys.argv[1:])
