"""The README's example in Python: the AI closed two of three contacts as resolved. How many did it really resolve?"""

import json

import supportkpi

interactions = [
    {"id": "1", "handling": "ai", "customer_id": "ada", "opened_at": "2026-01-05T09:00:00Z",
     "closed_at": "2026-01-05T09:04:00Z", "outcome": "resolved", "confirmed": True},
    {"id": "2", "handling": "ai", "customer_id": "bo", "opened_at": "2026-01-05T10:00:00Z",
     "closed_at": "2026-01-05T10:03:00Z", "outcome": "resolved"},
    {"id": "3", "handling": "human", "customer_id": "bo", "opened_at": "2026-01-06T08:00:00Z",
     "closed_at": "2026-01-06T08:30:00Z", "outcome": "resolved"},
]  # fmt: skip
report = supportkpi.report(interactions, as_of="2026-01-12T00:00:00Z")
print(json.dumps(report["verified_resolution_rate"].value))  # 0.3333333333333333: Bo came back the next day
