"""Post-market surveillance of clinical imaging AI: statistics, rules, records and services."""
