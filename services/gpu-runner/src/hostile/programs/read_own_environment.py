"""Looks for anything in its own environment that a program has no business to know."""

import os
import re

from attempts import attempt

TELLING = re.compile(
    r"^(NATS|AWS|OPENAI|ANTHROPIC|HF_TOKEN|HUGGING|GITHUB|SSH|DOCKER|RUNNER|MODELWRIGHT)"
    r"|TOKEN|SECRET|PASSWORD|CREDENTIAL|_KEY$|PROXY|INDEX_URL",
    re.IGNORECASE,
)


def telling():
    names = [name for name in os.environ if TELLING.search(name)]
    if not names:
        raise LookupError(f"nothing among {sorted(os.environ)}")
    return names


attempt("a telling variable", telling)
