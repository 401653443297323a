"""What the officer does by command and by page: decisions, the register, papers; `door` leads to the store."""
