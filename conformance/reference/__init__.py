"""An independent reference implementation of supportkpi's report, for reading and for comparing.

Plain Python 3.11, standard library only. Clarity before speed: everything is recomputed from
the rows for every group, with fractions and decimals. SPEC.md is the authority; READINGS.md in
the parent folder says how its open places were read.
"""

import decimal

# Sums keep all their digits; Python would round them to 28.
decimal.getcontext().prec = 400
