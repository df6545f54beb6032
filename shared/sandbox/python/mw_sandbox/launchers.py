"""Which launcher runs a job. That of containers is imported only for one: it takes longer than the rest."""

from mw_sandbox.sandboxed import SandboxLauncher


def choose(spec, jobdir):
    if spec.container is not None:
        from mw_sandbox.container import ContainerLauncher

        return ContainerLauncher(spec, jobdir)
    return SandboxLauncher(spec, jobdir)
