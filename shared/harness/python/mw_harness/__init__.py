"""The trusted Python of Modelwright: it knows the hidden labels, splits the data, keeps the score.

It needs numpy and the standard library, nothing else, so that a grading process starts in a tenth
of a second and runs on any Python from 3.10. No code of a candidate is ever imported here.
"""
