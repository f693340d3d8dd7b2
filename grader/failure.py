"""A failure: what one sentence of the exam has to tell, as data.

`report` makes the text of it. Nothing else puts its parts together.
"""
import dataclasses


@dataclasses.dataclass
class Failure:
    """Why a sentence isn't met.

    Attributes:
        got: str. What came, as a sentence without its full stop.
        expected: str. What the task asks for instead.
        clause: str. The rule that was broken, as 'task 4: ...'.
        call: str. The call that it is about.
        hint: str. What to do about it.
        printed: str. What the call printed.
        paste: str. Lines of Python that repeat the call.
        cause: str. Failures with the same cause are told once.
        kind: str. Where it matters: 'file', 'stub', 'import', 'function',
            'exam' (the exam itself failed), 'ended' (a process ended, or was
            stopped), 'skipped' (it wasn't tested, or is told already).
    """

    got: str
    expected: str = ''
    clause: str = ''
    call: str = ''
    hint: str = ''
    printed: str = ''
    paste: str = ''
    cause: str = ''
    kind: str = ''
