"""Text that a caller wrote is worked on in a process that can be killed (decision 11).

    front (many threads) ──control──> zygote (one thread) ──fork──> workers
            └────────────── one socket pair for each worker ──────────────┘

`pool` is the front's entrance, `zygote` and `worker` are the other two kinds of process.
"""
