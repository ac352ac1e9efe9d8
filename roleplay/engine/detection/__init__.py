"""Language: which communication techniques a reply performs. The way in is `detector.Detector`; this file imports nothing, so that the
values in `model` can be had without the machinery."""
