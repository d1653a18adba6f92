"""A proposed site on paper: a map drawn by ourselves, what it is made of, and every rule."""
