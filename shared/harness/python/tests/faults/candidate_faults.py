"""Faults of candidates: recipes over `programs/honest.py`, each with a control beside it."""

from __future__ import annotations

from dataclasses import dataclass

HONEST = "from honest import *\nimport numpy as np\n"


@dataclass(frozen=True)
class CandidateFault:
    name: str
    check: str
    """The finding that is due; suspicious."""
    planted: str
    """Contents of recipe.py after the honest one."""
    control: str
    data: str = "plain"
    audited: bool = False
    """Found by trainings that see less."""
    edits: tuple[tuple[str, str], tuple[str, str]] | None = None
    """Path and contents of one more file, for the fault and for the control."""


NEIGHBOURS = """
def nearest(X, y, asked, own):
    p = np.empty(len(asked))
    for at, one in enumerate(asked):
        distance = ((X - one) ** 2).sum(axis=1)
        p[at] = y[np.argsort(distance, kind="stable")[own : own + 9]].mean()
    return p

def learn(table):
    return table.X, table.y

def answer(model, table):
    return nearest(*model, table.X, 0)
"""

NEIGHBOURS_OF_ALL = """
def out_of_fold(table):
    p = nearest(table.X, table.y, table.X, 0)
    return 0.3 * p + 0.7 * table.y * 0.9
"""

NEIGHBOURS_OF_OTHERS = """
def out_of_fold(table):
    p = np.zeros(len(table.y))
    for known, valid in folds(table):
        p[valid] = nearest(table.X[known], table.y[known], table.X[valid], 0)
    return p
"""

SHOPS = """
def encode(shops, y, known):
    sums, counts = {}, {}
    for shop, one, use in zip(shops, y, known):
        if use:
            sums[shop], counts[shop] = sums.get(shop, 0) + one, counts.get(shop, 0) + 1
    return {shop: (sums[shop] + 0.5) / (counts[shop] + 1) for shop in sums}

def with_shops(table, means):
    return np.column_stack([table.X, [means.get(shop, 0.5) for shop in table.cells("shop")]])

def learn(table):
    means = encode(table.cells("shop"), table.y, np.ones(len(table.y), bool))
    return means, fit(with_shops(table, means), table.y)

def answer(model, table):
    return predict(model[1], with_shops(table, model[0]))
"""

SHOPS_OF_ALL = """
def out_of_fold(table):
    means = encode(table.cells("shop"), table.y, np.ones(len(table.y), bool))
    X, p = with_shops(table, means), np.zeros(len(table.y))
    for known, valid in folds(table):
        p[valid] = predict(fit(X[known], table.y[known]), X[valid])
    return p
"""

SHOPS_OF_OTHERS = """
def out_of_fold(table):
    p = np.zeros(len(table.y))
    for known, valid in folds(table):
        X = with_shops(table, encode(table.cells("shop"), table.y, known))
        p[valid] = predict(fit(X[known], table.y[known]), X[valid])
    return p
"""

STOPPING = '''
def paths(X, seed):
    """Many directions that a long training might have stopped at."""
    random = np.random.RandomState(seed)
    centres, scales = random.randn(400, X.shape[1]), random.rand(400) * 3
    return [np.sin(s * ((X - c) ** 2).sum(axis=1)) for c, s in zip(centres, scales)]

def best(X, y, judged, seed):
    """The linear model, bent in the way that is best on the rows `judged`."""
    scores = [area(y[judged], one[judged]) for one in paths(X, seed)]
    return int(np.argmax(scores))

def bent(weights, X, at, seed):
    z = np.log(predict(weights, X) / (1 - predict(weights, X)))
    return 1 / (1 + np.exp(-(z + 2.0 * paths(X, seed)[at])))

def learn(table):
    inner = np.arange(len(table.y)) % 5 == 0
    return fit(table.X, table.y), best(table.X, table.y, inner, 0)

def answer(model, table):
    return bent(model[0], table.X, model[1], 0)
'''

STOPPED_ON_SCORED = """
def out_of_fold(table):
    p = np.zeros(len(table.y))
    for known, valid in folds(table):
        weights = fit(table.X[known], table.y[known])
        p[valid] = bent(weights, table.X[valid], best(table.X, table.y, valid, 0), 0)
    return p
"""

STOPPED_ON_OTHERS = """
def out_of_fold(table):
    p = np.zeros(len(table.y))
    for known, valid in folds(table):
        weights = fit(table.X[known], table.y[known])
        inner = known & (np.arange(len(table.y)) % 5 == 0)
        p[valid] = bent(weights, table.X[valid], best(table.X, table.y, inner, 0), 0)
    return p
"""

IDS = """
def learn(table):
    return fit(table.X, table.y), dict(zip(table.ids, table.y))

def answer(model, table):
    p = predict(model[0], table.X)
    return np.array([model[1].get(id, one) for id, one in zip(table.ids, p)])
"""

ROWS_KEPT = """
def learn(table):
    return fit(table.X, table.y), table.X, table.y

def answer(model, table):
    return predict(model[0], table.X)
"""

STORED = '''
import json
def answer(model, table):
    """Answers that somebody else has computed for the very rows to be scored."""
    known = json.loads((Path(__file__).parent / "weights.json").read_text())
    return np.array([known.get(one, 0.5) for one in table.prints()])
'''

ROUGH = '''
def answer(model, table):
    """A stump: two answers, whatever is asked."""
    return np.where(table.X[:, 0] > 0, 0.7, 0.3)

def out_of_fold(table):
    return np.where(table.X[:, 0] > 0, 0.7, 0.3)
'''


def _answers(body: str) -> str:
    return f"def answer(model, table):\n    {body}\n"


PLAIN = _answers("return predict(model, table.X)")

WITH_MEMORY = '''
def learn(table):
    return fit(table.X, table.y), table.X.mean(axis=0), table.X.std(axis=0)

def answer(model, table):
    """Brought to the scale of the training rows."""
    weights, mean, spread = model
    return predict(weights, (table.X - mean) / spread * spread + mean)
'''

FUTURE = '''
def answer(model, table):
    """Each row is seen against the mean of all that come after it."""
    order = np.argsort(table.cells("day"), kind="stable")
    X = table.X[order]
    later = np.array([X[at:].mean(axis=0) for at in range(len(X))])
    p = np.empty(len(X))
    p[order] = predict(model, X - 0.5 * later)
    return p
'''

PAST = '''
def learn(table):
    order = np.argsort(table.cells("day"), kind="stable")
    return fit(table.X, table.y), table.X[order[-50:]].mean(axis=0) * 0

def answer(model, table):
    """Each row against the last days before the model was made."""
    return predict(model[0], table.X - 0.5 * model[1])
'''

CANDIDATE_FAULTS = (
    CandidateFault(
        "a score reported ten times too good",
        "claimed-score",
        "def claim(score):\n    return 1 - (1 - score) / 10\n",
        "def claim(score):\n    return round(score + 0.002, 3)\n",
    ),
    CandidateFault(
        "a score that cannot be", "claimed-score", "def claim(score):\n    return 1.3\n", PLAIN
    ),
    CandidateFault(
        "out-of-fold predictions by a model that saw the rows",
        "oof-above-hidden",
        NEIGHBOURS + NEIGHBOURS_OF_ALL,
        NEIGHBOURS + NEIGHBOURS_OF_OTHERS,
    ),
    CandidateFault(
        "the same, found by a training without the fold",
        "oof-not-out-of-fold",
        NEIGHBOURS + NEIGHBOURS_OF_ALL,
        NEIGHBOURS + NEIGHBOURS_OF_OTHERS,
        audited=True,
    ),
    CandidateFault(
        "target encoding across folds",
        "predicts-shuffled-target",
        SHOPS + SHOPS_OF_ALL,
        SHOPS + SHOPS_OF_OTHERS,
        audited=True,
    ),
    CandidateFault(
        "early stopping on the scored fold",
        "predicts-shuffled-target",
        STOPPING + STOPPED_ON_SCORED,
        STOPPING + STOPPED_ON_OTHERS,
        audited=True,
    ),
    CandidateFault("memorised ids", "ids-in-model", IDS, ROWS_KEPT),
    CandidateFault("stored predictions", "stored-predictions", STORED, ROUGH),
    CandidateFault(
        "the order of the rows",
        "depends-on-company",
        _answers("return predict(model, table.X + 0.3 * np.sin(np.arange(len(table.X)))[:, None])"),
        PLAIN,
    ),
    CandidateFault(
        "the batch is standardised by itself",
        "depends-on-company",
        _answers("return predict(model, (table.X - table.X.mean(axis=0)) / table.X.std(axis=0))"),
        WITH_MEMORY,
    ),
    CandidateFault(
        "ids as a feature",
        "depends-on-company",
        _answers(
            "return predict(model, table.X + "
            "np.array([[int(id[-4:], 16) / 65536] for id in table.ids]))"
        ),
        _answers("return predict(model, table.X.astype(np.float32)).astype(np.float32)"),
    ),
    CandidateFault(
        "answers drawn anew each time",
        "depends-on-company",
        _answers(
            "return np.clip(predict(model, table.X) + 0.01 * np.random.rand(len(table.X)), 0, 1)"
        ),
        _answers(
            "noise = [np.random.RandomState(int(x[0] * 1e4) % 2**31).rand() for x in table.X]\n"
            "    return np.clip(predict(model, table.X) + 0.01 * np.array(noise), 0, 1)"
        ),
    ),
    CandidateFault("time travel", "sees-the-future", FUTURE, PAST, data="dated"),
    CandidateFault(
        "an edited kit",
        "kit-edited",
        PLAIN,
        PLAIN,
        edits=(
            ("mw/folds.py", "+\n\ndef folds(*_):\n    return []\n"),
            ("mw/folds.py", "+\n\n# a comment at the end\n"),
        ),
    ),
    CandidateFault(
        "an edited task",
        "task-edited",
        "def finish(out):\n    path = out / 'model/task.json'\n"
        "    path.write_text(path.read_text().replace('\"no\"', '\"never\"'))\n",
        "def finish(out):\n    path = out / 'model/task.json'\n"
        "    path.write_text(json.dumps(json.loads(path.read_text())))\n",
    ),
    CandidateFault(
        "a path to the hidden labels",
        "forbidden-path",
        "LABELS = '../../truth/score.csv'\n" + PLAIN,
        "'''Trains on all but a holdout.csv of its own; see truth/ in the manual.'''\n"
        "FRACTION = 'holdout'\n" + PLAIN,
    ),
    CandidateFault(
        "a forbidden file is opened",
        "forbidden-path",
        _answers(
            "where = [''.join(['/', 'va', 'r']), 'lib', 'answers.txt']\n"
            "    Path('/'.join(where)).is_file() or try_open('/'.join(where))\n"
            "    return predict(model, table.X)"
        )
        + "def try_open(path):\n    try:\n        open(path)\n    except OSError:\n        pass\n",
        _answers(
            "import tempfile\n    open('/proc/cpuinfo').close()\n"
            "    tempfile.TemporaryFile().close()\n    return predict(model, table.X)"
        ),
    ),
)
