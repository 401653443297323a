"""Speed and memory, measured as ratios in one run on one machine. `python -m bench [NAME …]`; each stage: `stages`."""
