"""The figures that compare.py makes: one module each, in the order in which they are measured."""
