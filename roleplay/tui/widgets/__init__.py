"""The widgets the screens are made of. They are given values and draw them; they ask no desk."""
