"""Plan templates that ship with the product."""
