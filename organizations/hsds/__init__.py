"""Services and organizations for other systems, as Open Referral's Human Services Data Specification 3.0
(HSDS) says them: only what the public pages show, and no figures.
"""
