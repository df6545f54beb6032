"""Building blocks for `model.py`: features of tables and pictures, and wrappers of estimators.

Everything follows scikit-learn's conventions. Wrappers that hold rows back during `fit` take the
rows' fold numbers as `fit(X, y, folds=...)` and hold back whole folds of the harness, so that rows
that belong together (a patient, a week) stay together there too.
"""
