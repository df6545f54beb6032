"""The metrics of the 75 competitions of MLE-bench (Chan et al. 2024), by the competition's name.

A task names one as `mle-bench/<competition>`; what it says in `metric_options` or `data.kind`
stands above this. `note` tells where the number differs from the benchmark's own grader.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

PREFIX = "mle-bench/"
CLASSES, LABELS, VALUE, VALUES = "classification", "multilabel", "regression", "multioutput"


class Judged(NamedTuple):
    metric: str
    kind: str
    options: Mapping[str, Any] = {}
    note: str = ""


ACCURACY = Judged("accuracy", CLASSES)
AUC = Judged("roc_auc", CLASSES)
LOG_LOSS = Judged("log_loss", CLASSES)
MACRO_F1 = Judged("f1_macro", CLASSES)
KAPPA = Judged("quadratic_kappa", CLASSES)
RMSE = Judged("rmse", VALUE)
LABEL_AUC = Judged("roc_auc", LABELS)
MICRO_F1 = Judged("f1_micro", LABELS)
EDITS = Judged("levenshtein", "text")
SAME_TEXT = Judged("exact_match", "text")
FIVE_NAMED = Judged("map_at_k", CLASSES, {"k": 5})
SAME_WORDS = Judged("word_jaccard", "text", {"empty": 0.0})

IDENTITIES = [
    "male",
    "female",
    "homosexual_gay_or_lesbian",
    "christian",
    "jewish",
    "muslim",
    "black",
    "white",
    "psychiatric_or_mental_illness",
]

COMPETITIONS: dict[str, Judged] = {
    "3d-object-detection-for-autonomous-vehicles": Judged(
        "custom", "text", note="boxes in space: needs a grade.py"
    ),
    "AI4Code": Judged("order_tau", "text"),
    "aerial-cactus-identification": AUC,
    "alaska2-image-steganalysis": Judged(
        "roc_auc_stretches", CLASSES, {"cuts": [0.0, 0.4, 1.0], "area_weights": [2, 1]}
    ),
    "aptos2019-blindness-detection": KAPPA,
    "billion-word-imputation": EDITS,
    "bms-molecular-translation": EDITS,
    "cassava-leaf-disease-classification": ACCURACY,
    "cdiscount-image-classification-challenge": ACCURACY,
    "chaii-hindi-and-tamil-question-answering": SAME_WORDS,
    "champs-scalar-coupling": Judged("log_mae", VALUE, {"group": "type"}),
    "denoising-dirty-documents": RMSE,
    "detecting-insults-in-social-commentary": AUC,
    "dog-breed-identification": LOG_LOSS,
    "dogs-vs-cats-redux-kernels-edition": LOG_LOSS,
    "facebook-recruiting-iii-keyword-extraction": Judged(
        "word_set_f1", "text", note="tags that no true row has count as wrong, there not at all"
    ),
    "freesound-audio-tagging-2019": Judged("label_ranking_precision", LABELS, {"by_label": True}),
    "google-quest-challenge": Judged("spearman", VALUES),
    "google-research-identify-contrails-reduce-global-warming": Judged("global_dice", "mask"),
    "h-and-m-personalized-fashion-recommendations": Judged("map_at_k", "text", {"k": 12}),
    "herbarium-2020-fgvc7": MACRO_F1,
    "herbarium-2021-fgvc8": MACRO_F1,
    "herbarium-2022-fgvc9": MACRO_F1,
    "histopathologic-cancer-detection": AUC,
    "hms-harmful-brain-activity-classification": Judged("kl_divergence", VALUES),
    "hotel-id-2021-fgvc8": FIVE_NAMED,
    "hubmap-kidney-segmentation": Judged("dice", "mask", {"empty": 1.0}),
    "icecube-neutrinos-in-deep-ice": Judged("mean_angular_error", VALUES),
    "imet-2020-fgvc7": MICRO_F1,
    "inaturalist-2019-fgvc6": Judged("error_rate", CLASSES),
    "iwildcam-2019-fgvc6": MACRO_F1,
    "iwildcam-2020-fgvc7": ACCURACY,
    "jigsaw-toxic-comment-classification-challenge": LABEL_AUC,
    "jigsaw-unintended-bias-in-toxicity-classification": Judged(
        "subgroup_auc", CLASSES, {"subgroups": IDENTITIES, "power": -5, "share": 0.25}
    ),
    "kuzushiji-recognition": Judged("centre_fbeta", "boxes"),
    "leaf-classification": LOG_LOSS,
    "learning-agency-lab-automated-essay-scoring-2": KAPPA,
    "lmsys-chatbot-arena": LOG_LOSS,
    "mlsp-2013-birds": Judged("roc_auc", LABELS, {"average": "micro"}),
    "multi-modal-gesture-recognition": Judged("word_error_rate", "text"),
    "new-york-city-taxi-fare-prediction": RMSE,
    "nfl-player-contact-detection": Judged("mcc", CLASSES),
    "nomad2018-predict-transparent-conductors": Judged("rmsle", VALUES),
    "osic-pulmonary-fibrosis-progression": Judged(
        "laplace_log_likelihood",
        VALUES,
        {"least_spread": 70, "most_error": 1000},
        "there the last three weeks of a patient alone count; name them by `keep`",
    ),
    "petfinder-pawpularity-score": RMSE,
    "plant-pathology-2020-fgvc7": LABEL_AUC,
    "plant-pathology-2021-fgvc8": MICRO_F1,
    "predict-volcanic-eruptions-ingv-oe": Judged(
        "mae", VALUE, note="there rounded to a whole number"
    ),
    "random-acts-of-pizza": AUC,
    "ranzcr-clip-catheter-line-classification": LABEL_AUC,
    "rsna-2022-cervical-spine-fracture-detection": Judged(
        "log_loss",
        LABELS,
        {"label_weights": [7, 1, 1, 1, 1, 1, 1, 1], "positive_weight": 2},
        "the first target is patient_overall",
    ),
    "rsna-breast-cancer-detection": Judged("probabilistic_f", CLASSES, {"beta": 1.0}),
    "rsna-miccai-brain-tumor-radiogenomic-classification": AUC,
    "seti-breakthrough-listen": AUC,
    "siim-covid19-detection": Judged(
        "mean_average_precision",
        "boxes",
        {"thresholds": [0.5], "interpolation": "none"},
        "there boxes that were missed count as found at confidence 0",
    ),
    "siim-isic-melanoma-classification": AUC,
    "smartphone-decimeter-2022": Judged("position_error", VALUES, {"group": "tripId"}),
    "spooky-author-identification": LOG_LOSS,
    "stanford-covid-vaccine": Judged(
        "rmse", VALUES, note="targets: reactivity, deg_Mg_pH10, deg_Mg_50C"
    ),
    "statoil-iceberg-classifier-challenge": LOG_LOSS,
    "tabular-playground-series-dec-2021": ACCURACY,
    "tabular-playground-series-may-2022": AUC,
    "tensorflow-speech-recognition-challenge": ACCURACY,
    "tensorflow2-question-answering": Judged("exact_match", "text", {"alternatives": "|"}),
    "text-normalization-challenge-english-language": SAME_TEXT,
    "text-normalization-challenge-russian-language": SAME_TEXT,
    "tgs-salt-identification-challenge": Judged("mask_precision", "mask"),
    "the-icml-2013-whale-challenge-right-whale-redux": AUC,
    "tweet-sentiment-extraction": SAME_WORDS,
    "us-patent-phrase-to-phrase-matching": Judged("pearson", VALUE),
    "uw-madison-gi-tract-image-segmentation": Judged(
        "custom", "mask", note="distances in space beside Dice: needs a grade.py"
    ),
    "ventilator-pressure-prediction": Judged("mae", VALUE, {"drop": "u_out"}),
    "vesuvius-challenge-ink-detection": Judged("mask_fbeta", "mask", {"beta": 0.5, "empty": 0.0}),
    "vinbigdata-chest-xray-abnormalities-detection": Judged(
        "mean_average_precision", "boxes", {"thresholds": [0.4], "interpolation": "coco"}
    ),
    "whale-categorization-playground": FIVE_NAMED,
}


def resolved(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The content of task.yaml, with metric, options and kind in place of a competition's name; an
    unknown name is left as it is."""
    name = str(raw.get("metric") or "")
    known = COMPETITIONS.get(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
    if known is None:
        return dict(raw)
    data = raw.get("data") or {}
    options = {**known.options, **(raw.get("metric_options") or {})}
    kind = data.get("kind") or known.kind
    return {
        **raw,
        "metric": known.metric,
        "metric_options": options,
        "data": {**data, "kind": kind},
    }
