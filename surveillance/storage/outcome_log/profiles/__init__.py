"""Ready-made mapping profiles, as TOML."""
