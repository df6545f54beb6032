"""Which launcher runs a job."""

from mw_sandbox.sandboxed import SandboxLauncher


def choose(spec, jobdir):
    return SandboxLauncher(spec, jobdir)
