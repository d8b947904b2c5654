"""The command line: one module a command. Each parses, calls one action and shows what it returns."""
