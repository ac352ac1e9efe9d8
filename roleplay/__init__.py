"""A conversational role-play trainer: a customer talks, the trainee replies, every turn is scored with its reasons."""

__version__ = "0.1.0"
