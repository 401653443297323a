"""Backups of an office, and bringing them back."""
