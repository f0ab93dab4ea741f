"""Claims: statements as text, judged one by one, in this process or in others."""
