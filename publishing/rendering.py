"""placeholder while the tree is being built"""


def refresh() -> int:
    return 0
