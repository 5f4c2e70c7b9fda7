"""The measured tables that the program ships: coverage of intervals, run lengths of charts, sizes of tests.

`coverage.csv`, `run_lengths.csv` and `test_sizes.csv` are written by the simulations of the test suite and by
nothing else; no figure in them is typed by hand.
"""
