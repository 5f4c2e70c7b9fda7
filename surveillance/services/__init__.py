"""All that a person may ask of the product; every function is guarded by role, here and not in the page."""
