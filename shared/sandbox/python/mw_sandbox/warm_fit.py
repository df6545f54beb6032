"""Whether a job may run in a warm worker: only if it cannot tell the difference, and loses no protection.

Pure, on two specs: the worker's own, and the job's.
"""

from mw_sandbox.spec import JOB_FOLDERS, resolve

# What libraries read when they are loaded is fixed in a worker. These are the kit's, which the job loads.
_FREE_VARIABLES = "MW_"


def misfit(worker, job):
    """Why the job cannot run in the worker, or None."""
    if job.isolation == "none":
        return "it is to run without isolation"
    if job.container is not None or job.locks or job.devices:
        return "its sandbox holds what only its own processes may hold, from the start"
    for name in ("python", "network", "uids"):
        if getattr(worker, name) != getattr(job, name):
            return f"another {name} is wanted"
    if python_program(job) is None:
        return "it is neither a Python script nor a module"
    if where(worker) != where(job):
        return "it starts in another folder"
    return _other_variables(worker, job) or _other_mounts(worker, job)


def python_program(job):
    """[interpreter, script.py or -m module, arguments...] as the program sees them, or None."""
    paths = job.paths(True, None)
    argv = [resolve(text, paths) for text in job.argv]
    if len(argv) < 2 or job.python is None or argv[0] != job.python:
        return None
    script = argv[1].endswith(".py") and not argv[1].startswith("-")
    module = argv[1] == "-m" and len(argv) > 2 and not argv[2].startswith("-")
    return argv if script or module else None


def where(spec):
    """The folder that the program starts in, as it sees it."""
    return resolve(spec.cwd, spec.paths(True, None))


def environment(spec):
    """All variables of the program, as it sees them."""
    paths = spec.paths(True, None)
    return {name: resolve(text, paths) for name, text in spec.env.items()}


def own_mounts(worker, job):
    """The job's mounts that the worker has not got yet."""
    known = {_fields(mount) for mount in worker.mounts}
    return [mount for mount in job.mounts if _fields(mount) not in known]


def _other_variables(worker, job):
    mine, wanted = environment(worker), environment(job)
    for name in sorted(mine.keys() | wanted.keys()):
        if not name.startswith(_FREE_VARIABLES) and mine.get(name) != wanted.get(name):
            return f"its libraries were loaded with another {name}"
    return None


def _other_mounts(worker, job):
    wanted = {_fields(mount) for mount in job.mounts}
    for mount in worker.mounts:
        if _fields(mount) not in wanted:
            return f"it is not to see {mount.target}"
    for mount in own_mounts(worker, job):
        if not mount.target.startswith(JOB_FOLDERS):
            return f"{mount.target} must be there from the start"
    return None


def _fields(mount):
    return mount.source, mount.target, mount.writable
