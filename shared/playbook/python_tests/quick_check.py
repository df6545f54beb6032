"""`mw.check` over and over, without loading the numerical libraries anew each time.

Reads JSON lines {"tree", "data", "out"}, answers each with a line {"status", "stderr"}. Each check
runs in a child of this process, and so do the programs that it starts: what they print and how they
end is what a fresh process would print and how it would end.
"""

import json
import os
import runpy
import sys
import tempfile
from pathlib import Path
from subprocess import CompletedProcess

os.environ["OMP_NUM_THREADS"] = "1"

import sklearn.ensemble
import sklearn.feature_extraction.text
import sklearn.linear_model
import sklearn.neural_network
import sklearn.svm  # noqa: F401


def in_child(run, stderr: Path) -> int:
    """Exit status of `run()` in a child, as the interpreter would end after it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 0
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(os.open(stderr, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), 2)
    try:
        run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stderr.flush()
    os._exit(status)


def check(request: dict, scratch: Path) -> None:
    os.chdir(request["tree"])
    sys.path.insert(0, request["tree"])
    os.environ.update(MW_DATA=request["data"], MW_OUT=request["out"], MW_SEED="1")
    from mw import check as kit

    def run(command, cwd, env, **_options):
        def program():
            os.environ.clear()
            os.environ.update(env)
            for name in [name for name in sys.modules if name == "mw" or name.startswith("mw.")]:
                del sys.modules[name]
            sys.argv = command[1:]
            runpy.run_path(str(Path(cwd) / command[1]), run_name="__main__")

        status = in_child(program, scratch / "program")
        said = (scratch / "program").read_bytes()
        return CompletedProcess(command, status, stderr=said)

    kit.subprocess.run = run
    sys.exit(kit.main())


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            request, stderr = json.loads(line), Path(folder) / "check"
            status = in_child(lambda request=request: check(request, Path(folder)), stderr)
            answer = {"status": status, "stderr": stderr.read_text(errors="replace")}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
