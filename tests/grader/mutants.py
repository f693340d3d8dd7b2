"""Mutants: the plain solutions, changed in one place by a rule.

Each must fail its exam, but for those of `EQUIVALENT`, which are right too.
"""
import ast
import copy

COMPARISONS = {ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Eq: ast.NotEq,
               ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
               ast.Gt: ast.GtE, ast.GtE: ast.Gt}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
             ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And}
STOP = ('callbacks.append(K.callbacks.EarlyStopping('
        "monitor='val_loss', patience=patience))")
IF_STOP = 'if early_stopping and validation_data is not None:'
IF_SAVE = 'if save_best and validation_data is not None:'
SAVE = ('callbacks.append(K.callbacks.ModelCheckpoint('
        "filepath, monitor='val_loss', save_best_only=True))")
DECAY = 'callbacks.append(K.callbacks.LearningRateScheduler(rate, verbose=1))'
WITHOUT = 'without validation data, it may be there if training runs through'
# The line before and the line after, and why that is right too.
EQUIVALENT = {
    ('network.build((None, nx))', 'network.build((True, nx))'):
    'a batch of one builds it as well',
    (STOP, STOP.replace("monitor='val_loss', ", '')): 'it is the default',
    (IF_STOP, 'if early_stopping:'): WITHOUT,
    (IF_STOP, IF_STOP.replace('validation_data', 'epochs')): WITHOUT,
    (IF_STOP, IF_STOP.replace('None', 'True')): WITHOUT,
    (SAVE, SAVE.replace("monitor='val_loss', ", '')): 'it is the default',
    (SAVE, SAVE.replace('True', "'val_loss'")): 'a text is true, too',
    (DECAY, DECAY.replace('1', '2')): 'any number above 0 means messages',
    (IF_SAVE, 'if save_best:'): WITHOUT,
    (IF_SAVE, IF_SAVE.replace('validation_data', 'epochs')): WITHOUT,
    (IF_SAVE, IF_SAVE.replace('None', 'True')): WITHOUT,
}


def variants(node, names):
    """Yields what may stand in the place of a node of the syntax tree.

    Args:
        node: `ast.AST`.
        names: list of str. The arguments of the function around it.
    """
    def changed(**fields):
        new = copy.copy(node)
        vars(new).update(fields)
        return new

    if isinstance(node, ast.Call):
        for i in range(len(node.args)):
            yield changed(args=node.args[:i] + node.args[i + 1:])
        for i, keyword in enumerate(node.keywords):
            rest = node.keywords[:i] + node.keywords[i + 1:]
            yield changed(keywords=rest)
            other = rest and rest[i % len(rest)]  # its neighbour
            if other:
                yield changed(keywords=[*rest, ast.keyword(
                    keyword.arg, other.value)])
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or node.value is None:
            yield changed(value=not node.value)
        elif isinstance(node.value, (int, float)):
            yield changed(value=node.value + 1)
        else:
            yield changed(value=node.value + '_')
    elif isinstance(node, ast.Name) and node.id in names:
        yield changed(id=names[names.index(node.id) - 1])
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    elif isinstance(node, ast.Compare):
        yield changed(ops=[COMPARISONS[type(node.ops[0])]()])
    elif isinstance(node, ast.BinOp):
        yield changed(op=OPERATORS[type(node.op)]())
        if isinstance(node.op, (ast.Sub, ast.Div)):
            yield changed(left=node.right, right=node.left)
    elif isinstance(node, ast.BoolOp):
        yield changed(op=OPERATORS[type(node.op)]())
        yield from node.values
    elif isinstance(node, ast.If):
        yield changed(test=ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, (ast.Expr, ast.Assign)):
        yield ast.Pass()
    elif isinstance(node, ast.Return):
        yield ast.Expr(node.value)


def mutants(text):
    """Yields the mutants of a solution.

    Args:
        text: str. What is in its file.

    Yields:
        Tuples `(before, after, text)`: the first line that differs, in both,
        and the mutant.
    """
    tree = ast.parse(text)
    plain = ast.unparse(tree).splitlines()
    seen = {'\n'.join(plain)}
    for function in ast.walk(tree):
        names = [argument.arg for argument in function.args.args] if (
            isinstance(function, ast.FunctionDef)) else []
        for parent in ast.walk(function) if names else []:
            for field, value in ast.iter_fields(parent):
                several = isinstance(value, list)
                for i, node in enumerate(value if several else [value]):
                    for new in variants(node, names):
                        setattr(parent, field, [
                            *value[:i], new, *value[i + 1:]] if several
                            else new)
                        mutant = ast.unparse(ast.fix_missing_locations(tree))
                        if mutant not in seen:
                            seen.add(mutant)
                            before, after = next(
                                pair for pair in zip(
                                    plain, mutant.splitlines())
                                if pair[0] != pair[1])
                            yield before.strip(), after.strip(), mutant
                        setattr(parent, field, value)
