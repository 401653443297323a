"""Kinds of conflict of content that no single number or list shows: each module looks for one of them.

`duties` what a higher text frees people from; `money` exemptions, levies and payers; `burdens` limits, qualifications
and permissions that a local text adds; `spans` from–to of one subject; `further` a power passed on. `words` makes the
finding. The rules MT01–MT04 call them (rules/mt_*.py).
"""
