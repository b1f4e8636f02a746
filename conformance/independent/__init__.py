"""Figures of the verbs by statsmodels, SciPy and lifelines, which share nothing with the engine."""
