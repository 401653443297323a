"""What makes `rasoat` run for years without an administrator: the diary of runs, health, notices, the server of all."""
