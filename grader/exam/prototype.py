"""Whether a function has the parameters of its task."""
import inspect

from grader.course import number_of
from grader.exam.expect import Unmet, current, function


def signature(prototype):
    """Returns the signature that a prototype tells."""
    names = {}
    exec(f'def {prototype}: pass', names)
    return inspect.signature(names[prototype.split('(')[0]])


def expect_prototype(prototype):
    """Raises an `Unmet`, unless a function has the parameters of its task.

    Others may follow, if they have a default.

    Args:
        prototype: str. 'one_hot(labels, classes=None)'. The default of
            `save_format` may be 'keras': the editions of the course differ.
    """
    name, wanted = prototype.split('(')[0], signature(prototype)
    got, want = [list(each.parameters.values()) for each in (
        inspect.signature(function(current.stem, name)), wanted)]

    def fits(parameter, wanted):
        return parameter.name == wanted.name and (
            wanted.default is wanted.empty
            or parameter.default == wanted.default
            or parameter.default == 'keras' and wanted.name == 'save_format')

    def may_follow(parameter):
        return (parameter.default is not parameter.empty
                or parameter.kind in (parameter.VAR_POSITIONAL,
                                      parameter.VAR_KEYWORD))

    first, rest = got[:len(want)], got[len(want):]
    if (len(first) == len(want) and all(map(fits, first, want))
            and all(map(may_follow, rest))):
        return
    has = [str(parameter) for parameter in got
           if not any(fits(parameter, other) for other in want)
           and not (parameter in rest and may_follow(parameter))]
    lacks = [str(parameter) for parameter in want
             if not any(fits(other, parameter) for other in got)]
    cause = f'prototype: {has} {lacks}'
    current.wrong_prototypes[name] = wanted, cause
    raise Unmet('prototype', cause, name=name, has=has, lacks=lacks,
                wanted=prototype,
                clause=f'task {number_of(current.stem)}: the prototype')
