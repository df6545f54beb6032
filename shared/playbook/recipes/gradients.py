"""Pictures by the directions of their edges.

Histograms of gradient orientations over overlapping cells say where strokes run and which way, and
change little when a picture moves by a pixel. A linear or a kernel model reads them.
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from modelling.calibration import Calibrated
from modelling.pixels import Gradients, Pixels, Shifted


def build(task, config, seed):
    gradients = Gradients(task.image, keep_pixels=config["keep_pixels"])
    if config["head"] == "linear":
        steps = [StandardScaler(), LogisticRegression(C=config["c"] / 1000, max_iter=300)]
    else:
        steps = [SVC(C=config["c"], gamma="scale", cache_size=500)]
    shifted = Shifted(make_pipeline(gradients, *steps), task.image, config["shift"])
    return Calibrated(make_pipeline(Pixels(), shifted), config["parts"], seed)
