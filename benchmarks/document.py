"""Pages of figures that several scripts write to."""


def with_section(whole: str, section: str) -> str:
    """A document in which this section, which begins with its heading, is new, or the last one."""
    title = section.partition("\n")[0]
    before, _, behind = whole.partition(title + "\n")
    _, heading, rest = behind.partition("\n## ")
    return before.rstrip("\n") + ("\n\n" if before.strip() else "") + section + (heading + rest if heading else "")


def with_front(whole: str, front: str) -> str:
    """A document that begins anew, with the sections behind it that are no part of what is new."""
    rest = "".join(f"\n## {part.rstrip()}\n" for part in whole.split("\n## ")[1:] if _is_foreign(part, front))
    return front.rstrip("\n") + "\n" + rest


def _is_foreign(section: str, front: str) -> bool:
    return f"\n## {section.partition(chr(10))[0]}\n" not in front
