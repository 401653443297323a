"""When it happens: pipeline, Prefect flows, command line."""
