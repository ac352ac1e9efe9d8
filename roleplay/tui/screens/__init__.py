"""The screens: what is on them and what their keys do. They ask a desk and draw what it returns."""
