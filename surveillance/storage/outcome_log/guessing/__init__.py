"""Guess how a department's file is written, with the evidence; a person confirms or changes every guess."""
