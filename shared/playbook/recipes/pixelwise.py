"""Pixel by pixel: boosted trees judge each pixel by its colour, its surroundings and its place."""

from sklearn.ensemble import HistGradientBoostingClassifier

from modelling.masks import PixelMasks


def build(task, config, seed):
    trees = HistGradientBoostingClassifier(
        learning_rate=config["learning_rate"],
        max_iter=config["trees"],
        max_leaf_nodes=config["leaves"],
        l2_regularization=1.0,
        early_stopping=False,
        random_state=seed,
    )
    image = task.names_of("image")[0]
    return PixelMasks(image, trees, side=config["side"], pictures=config["pictures"], seed=seed)
