"""How fast the numerics are, beside a C loop and other libraries: tables as Markdown, and as JSON.

    python -m benchmarks [TABLE ...] [--rounds 7] [--quick] [--json benchmarks/results.json]

The extra `bench` installs the other libraries; those which are not there are left out and named.
"""

from __future__ import annotations

from benchmarks.timing import use_one_thread

if __name__ == "__main__":
    use_one_thread()

    from benchmarks.command import main

    main()
