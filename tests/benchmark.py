#!/usr/bin/env python3
"""How fast the tasks are, beside plain Keras: ratios, in turn, in one run.

    python tests/benchmark.py [--quick] [--mnist FILE] [--rounds N]
                              [--out FOLDER]

Whatever is compared takes turns with plain Keras, so that a busy machine
slows both. Each round gives a ratio; the table has their median and range,
and the ratio of the quickest of ours to the quickest of plain Keras.
"""
import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import digits
import numpy as np

SEED = 8
BATCH = 64
L2 = 0.0001
KEEP = 0.95
FOLDER = Path(__file__).resolve().parents[1]
STEMS = sorted(path.stem for path in FOLDER.glob('[0-9]*.py'))
# What runs in a process of its own: the package it needs, and its name.
OTHERS = {'keras': ('jax', 'training: the same, KERAS_BACKEND=jax'),
          'torch': ('torch', 'for scale: a plain PyTorch loop'),
          'jax': ('jax', 'for scale: a JAX loop by hand')}


class Row:
    """A line of the table, printed as it is made.

    Args:
        what: str, what was measured.
        ours: list of floats, seconds or bytes, one for each round.
        plain: list of floats, plain Keras in the same rounds.
        target: float, the largest ratio that is wanted, or None.
        unit: 's', or 'GB' if the numbers are bytes.
    """

    def __init__(self, what, ours, plain, target=None, unit='s'):
        """Takes the ratios of the rounds, and prints the line."""
        ratios = [a / b for a, b in zip(ours, plain)]
        self.what, self.target = what, target
        self.ratio = statistics.median(ratios)
        self.least, self.most = min(ratios), max(ratios)
        quickest = min(ours) / min(plain)  # with the least of other work
        scale = {'s': 1, 'GB': 1e-9}[unit]
        a, b = (f'{statistics.median(numbers) * scale:.3f} {unit}'
                for numbers in (ours, plain))
        wanted = '' if target is None else f'{target:.2f}' + (
            ', missed' if self.ratio > target else '')
        spread = f'{self.least:.2f} to {self.most:.2f}'
        print(f'| {what:38} | {a:>9} | {b:>9} | {self.ratio:5.2f} '
              f'| {spread:12} | {quickest:8.2f} | {wanted:12} |',
              flush=True)


def turns(rounds, calls):
    """Times calls in turn: a b, b a, a b, ...

    Args:
        rounds: int, how often. One more, before them, isn't counted.
        calls: dict of functions without arguments. One that returns a float
            has timed itself, in seconds.

    Returns:
        dict of as many lists of seconds, one for each round.
    """
    times = {name: [] for name in calls}
    for i in range(rounds + 1):
        for name in list(calls)[::(-1) ** i]:
            start = time.perf_counter()
            result = calls[name]()
            seconds = time.perf_counter() - start
            times[name].append(
                result if isinstance(result, float) else seconds)
            del result  # its memory is not the next one's
    return {name: seconds[1:] for name, seconds in times.items()}


def repeat(array, m):
    """Repeats the rows of an array, or cuts them, until there are `m`."""
    return np.resize(array, (m, *array.shape[1:]))


def compile_ours(network):
    """Compiles a network as task 2 does."""
    __import__('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)


def compile_plainly(network):
    """Compiles a network the same way, with nothing but the essentials."""
    import tensorflow.keras as K

    network.compile(
        optimizer=K.optimizers.Adam(
            learning_rate=0.001, beta_1=0.9, beta_2=0.999),
        loss='categorical_crossentropy', metrics=['accuracy'])


def new_network(compiled, width=256):
    """Builds the course's network, with the same weights every time."""
    import tensorflow.keras as K

    # Keras 2 adds up the penalties in the order of the layers' names.
    K.backend.clear_session()
    K.utils.set_random_seed(SEED)
    network = __import__('1-input').build_model(
        784, [width, width, 10], ['relu', 'relu', 'softmax'], L2, KEEP)
    compiled(network)
    return network


def train_ours(network, x, y):
    """Trains for an epoch as task 4 does."""
    return __import__('4-train').train_model(
        network, x, y, BATCH, 1, verbose=False).history


def train_plainly(network, x, y):
    """Trains for an epoch with `fit`."""
    return network.fit(
        x, y, batch_size=BATCH, epochs=1, verbose=0, shuffle=False).history


def keras_epochs(x, y):
    """Trains the course's network, and gives the loss of every epoch."""
    network = new_network(compile_ours)
    y = __import__('3-one_hot').one_hot(y, 10)
    while True:
        yield train_ours(network, x, y)['loss'][0]


def torch_epochs(x, y):
    """Trains the same network by a loop in PyTorch."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    x, y = torch.tensor(x), torch.tensor(y, dtype=torch.int64)
    layers = nn.Linear(784, 256), nn.Linear(256, 256), nn.Linear(256, 10)
    for layer in layers:
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    network = nn.Sequential(
        layers[0], nn.ReLU(), nn.Dropout(1 - KEEP),
        layers[1], nn.ReLU(), nn.Dropout(1 - KEEP), layers[2])
    optimizer = torch.optim.Adam(
        network.parameters(), lr=0.001, betas=(0.9, 0.999), eps=1e-7)
    while True:
        total = right = 0
        for start in range(0, len(x), BATCH):
            batch, labels = x[start:start + BATCH], y[start:start + BATCH]
            logits = network(batch)
            loss = nn.functional.cross_entropy(logits, labels) + L2 * sum(
                layer.weight.square().sum() for layer in layers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
            right += (logits.argmax(1) == labels).sum()  # as Keras does
        yield float(total) / len(x)


def jax_epochs(x, y):
    """Trains the same network by a scan over the batches, in JAX."""
    import jax
    import jax.numpy as jnp

    def loss_of(weights, key, x, y):
        penalty = 0
        for i, (kernel, bias) in enumerate(weights):
            if i > 0:
                keep = jax.random.bernoulli(
                    jax.random.fold_in(key, i), KEEP, x.shape)
                x = jnp.where(keep, jax.nn.relu(x) / KEEP, 0)
            x = x @ kernel + bias
            penalty += L2 * jnp.sum(kernel ** 2)
        right = jnp.sum(x.argmax(1) == y)
        picked = jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1)
        return penalty - picked.mean(), right

    def step(state, batch):
        weights, m, v, t, key = state
        (loss, right), slopes = jax.value_and_grad(loss_of, has_aux=True)(
            weights, jax.random.fold_in(key, t), *batch)
        t = t + 1
        rate = 0.001 * jnp.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, slopes)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g ** 2, v, slopes)
        weights = jax.tree.map(
            lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7),
            weights, m, v)
        return (weights, m, v, t, key), (loss * len(batch[0]), right)

    @jax.jit
    def epoch(state, batches, rest):
        state, (totals, right) = jax.lax.scan(step, state, batches)
        total, right = totals.sum(), right.sum()
        if len(rest[0]):  # the last batch, which is smaller
            state, last = step(state, rest)
            total, right = total + last[0], right + last[1]
        return state, total / len(x), right / len(x)

    key, *keys = jax.random.split(jax.random.key(SEED), 4)
    shapes = (784, 256), (256, 256), (256, 10)
    glorot = jax.nn.initializers.glorot_uniform()
    weights = [(glorot(key, shape), jnp.zeros(shape[1]))
               for key, shape in zip(keys, shapes)]
    zeros = jax.tree.map(jnp.zeros_like, weights)
    state = weights, zeros, zeros, 0, key
    full = len(x) // BATCH * BATCH
    y = y.astype('int32')
    batches = (jnp.asarray(x[:full].reshape(-1, BATCH, 784)),
               jnp.asarray(y[:full].reshape(-1, BATCH)))
    rest = jnp.asarray(x[full:]), jnp.asarray(y[full:])
    while True:
        state, loss, _ = epoch(state, batches, rest)
        yield float(loss)


def work(epochs):
    """Trains an epoch for each line that comes in: prints time and loss."""
    for _ in sys.stdin:
        start = time.perf_counter()
        loss = next(epochs)
        print(time.perf_counter() - start, loss, flush=True)


def ask(process, losses):
    """Has a process train an epoch; gives the seconds, and notes the loss."""
    process.stdin.write('\n')
    process.stdin.flush()
    answer = process.stdout.readline()
    if not answer:
        sys.exit('A process that trains has ended; its error is above.')
    seconds, loss = map(float, answer.split())
    losses.append(loss)
    return seconds


def measure_training(x, y, others, rounds, target):
    """Measures epochs: through task 2, plainly, and elsewhere.

    Args:
        x: `numpy.ndarray` of shape `(m, 784)`, the images.
        y: `numpy.ndarray` of shape `(m, 10)`, their one-hot labels.
        others: dict of the processes that train in turn with these.
        rounds: int, the epochs to count.
        target: float, what is wanted of ours, or None.

    Returns:
        list of `Row`s, and whether ours gave what plain Keras gave.
    """
    ours, plain = new_network(compile_ours), new_network(compile_plainly)
    histories = {'ours': [], 'plain': []}
    losses = {name: [] for name in others}
    times = turns(rounds, {
        'ours': lambda: histories['ours'].append(train_ours(ours, x, y)),
        'plain': lambda: histories['plain'].append(
            train_plainly(plain, x, y)),
        **{name: partial(ask, others[name], losses[name])
           for name in others}})
    rows = [Row(f'training: an epoch of {len(x):,} digits', times['ours'],
                times['plain'], target)]
    rows += [Row(OTHERS[name][1], times[name], times['plain'],
                 0.25 if name == 'keras' else None) for name in others]
    for name in histories:
        losses[name] = [history['loss'][0] for history in histories[name]]
    equal = histories['ours'] == histories['plain'] and all(
        map(np.array_equal, ours.get_weights(), plain.get_weights()))
    return rows, equal, losses


def measure_calls(x, y, rounds, target):
    """Measures `test_model` and `predict`: the first call, and later ones."""
    ours = {
        'test_model': lambda network: __import__('12-test').test_model(
            network, x, y, verbose=False),
        'predict': lambda network: __import__('13-predict').predict(
            network, x)}
    plainly = {
        'test_model': lambda network: network.evaluate(x, y, verbose=0),
        'predict': lambda network: network.predict(x, verbose=0)}
    networks = {}

    def first(side, compiled, call):
        networks[side] = new_network(compiled)
        start = time.perf_counter()
        call(networks[side])
        return time.perf_counter() - start

    rows = []
    for name in ours:
        times = turns(rounds, {
            'ours': partial(first, 'ours', compile_ours, ours[name]),
            'plain': partial(first, 'plain', compile_plainly, plainly[name])})
        rows.append(Row(f'{name}: {len(x):,} digits, first call',
                        times['ours'], times['plain'], target and 1.1))
        times = turns(3 * rounds, {
            'ours': lambda: ours[name](networks['ours']),
            'plain': lambda: plainly[name](networks['plain'])})
        rows.append(Row(f'{name}: {len(x):,} digits, later calls',
                        times['ours'], times['plain'], target))
    return rows


def measure_one_hot(m, rounds, target):
    """Measures `one_hot` against `to_categorical`: seconds and memory."""
    import tensorflow.keras as K

    labels = np.random.default_rng(SEED).integers(0, 10, m)
    calls = {'ours': partial(__import__('3-one_hot').one_hot, labels, 10),
             'plain': partial(K.utils.to_categorical, labels, 10)}
    times = turns(rounds, calls)
    peaks = {}
    for name in calls:
        tracemalloc.start()
        calls[name]()
        peaks[name] = [tracemalloc.get_traced_memory()[1]]
        tracemalloc.stop()
    return [Row(f'one_hot: {m:,} labels', times['ours'], times['plain'],
                target),
            Row('one_hot: the same, peak memory', peaks['ours'],
                peaks['plain'], target, 'GB')]


def measure_import(rounds):
    """Measures the import of all the files, each time in a new process."""
    def load(*names):
        code = ('import sys, time; start = time.perf_counter(); '
                '[__import__(name) for name in sys.argv[1:]]; '
                'print(time.perf_counter() - start)')
        return float(subprocess.run(
            [sys.executable, '-c', code, *names], cwd=FOLDER, check=True,
            capture_output=True, text=True).stdout)

    times = turns(rounds, {'ours': partial(load, *STEMS),
                           'plain': partial(load, 'tensorflow.keras')})
    return [Row(f'import: all {len(STEMS)} files, and TensorFlow',
                times['ours'], times['plain'], 1.03)]


def measure_saving(x, y, rounds):
    """Measures `save_model` against `save`, after a batch of training."""
    save_model = __import__('9-model').save_model
    ours, plain = new_network(compile_ours), new_network(compile_ours)
    for network in (ours, plain):
        train_plainly(network, x[:BATCH], y[:BATCH])
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for ending in ('.keras', '.h5'):
            files = [Path(folder, name + ending) for name in ('a', 'b')]
            times = turns(rounds, {
                'ours': lambda: save_model(ours, files[0]),
                'plain': lambda: plain.save(files[1])})
            rows.append(Row(f'save_model: {ending}', times['ours'],
                            times['plain'], 1.1))
    return rows


def measure_growth(x, y):
    """Times an epoch as the samples, and then the nodes, grow.

    Returns:
        dict of two lists, 'samples' and 'nodes', of tuples: the number, and
        the seconds of ours and of plain Keras.
    """
    def epochs(m, width):
        images, labels = repeat(x, m), repeat(y, m)
        seconds = []
        for compiled, train in ((compile_ours, train_ours),
                                (compile_plainly, train_plainly)):
            network = new_network(compiled, width)
            train(network, x[:1616], y[:1616])  # 25 batches and a part
            start = time.perf_counter()
            train(network, images, labels)
            seconds.append(time.perf_counter() - start)
        print(f'growth: {m:,} digits, {width} nodes: '
              f'{seconds[0]:.2f} s, plain {seconds[1]:.2f} s', flush=True)
        return seconds

    m, width = 50000, 256
    both = epochs(m, width)
    return {'samples': [(5000, *epochs(5000, width)), (m, *both),
                        (500000, *epochs(500000, width))],
            'nodes': [(64, *epochs(m, 64)), (width, *both),
                      (1024, *epochs(m, 1024))]}


def draw_ratios(rows, title, path):
    """Draws the ratios as bars, with their spread and their targets."""
    from matplotlib.figure import Figure

    rows = rows[::-1]  # the first one goes to the top
    places = np.arange(len(rows))
    ratios = np.array([row.ratio for row in rows])
    figure = Figure(figsize=(9, 4.6), layout='constrained')
    axes = figure.subplots()
    axes.barh(places, ratios, height=0.6, color=[
        'tab:gray' if row.target is None else 'tab:blue' for row in rows],
        xerr=[ratios - [row.least for row in rows],
              [row.most for row in rows] - ratios],
        ecolor='0.3', capsize=2)
    axes.axvline(1, color='black', linewidth=1, label='plain Keras')
    wanted = [(row.target, place) for row, place in zip(rows, places)
              if row.target is not None]
    if wanted:
        axes.plot(*zip(*wanted), '|', color='tab:red', markersize=17,
                  markeredgewidth=2.5, label='target: at most this')
    for row, place in zip(rows, places):
        axes.annotate(f'{row.ratio:.2f}', (0, place), (4, 0), va='center',
                      textcoords='offset points', color='white')
    axes.set_xlim(0, max(2, 1.2 * ratios.max()))  # a range may go on
    axes.set_yticks(places, [row.what for row in rows])
    axes.set_xlabel('ratio to plain Keras: median of the rounds, and range')
    axes.set_title(title, fontsize=10)
    axes.spines[['top', 'right']].set_visible(False)
    axes.tick_params(axis='y', length=0)
    figure.legend(*axes.get_legend_handles_labels(), frameon=False, ncols=2,
                  loc='outside lower right')
    figure.savefig(path, dpi=90)


def draw_growth(growth, title, path):
    """Draws the seconds of an epoch, on logarithmic scales."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout='constrained')
    figure.suptitle(title, fontsize=10)
    labels = {'samples': 'samples, of 256 nodes in a hidden layer',
              'nodes': 'nodes in a hidden layer, of 50,000 samples'}
    for axes, name in zip(figure.subplots(1, 2, sharey=True), growth):
        numbers, ours, plain = zip(*growth[name])
        axes.loglog(numbers, plain, 'o-', color='tab:gray',
                    label='plain Keras')
        axes.loglog(numbers, ours, 'o-', color='tab:blue',
                    label='through optimize_model')
        axes.set_xticks(numbers, [f'{number:,}' for number in numbers])
        axes.set_xticks([], minor=True)
        axes.yaxis.set_major_formatter('{x:g}')
        axes.set_xlabel(labels[name])
        axes.set_ylabel('seconds of an epoch')
        axes.spines[['top', 'right']].set_visible(False)
        axes.grid(color='0.92', which='both')
        axes.set_axisbelow(True)
        axes.legend(frameon=False)
    figure.savefig(path, dpi=90)


def processor():
    """Names the processor, and counts the cores that may be used."""
    name = platform.processor() or platform.machine()
    if Path('/proc/cpuinfo').exists():
        for line in Path('/proc/cpuinfo').read_text().splitlines():
            if line.startswith('model name'):
                name = line.split(':')[1].strip()
    cores = (len(os.sched_getaffinity(0))
             if hasattr(os, 'sched_getaffinity') else os.cpu_count())
    return f'{name}, {cores} cores'


def main():
    """Measures everything, prints the table, and draws the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--quick', action='store_true',
                        help='in a minute: less data, few rounds, no import, '
                        'and nothing for scale')
    parser.add_argument('--mnist', metavar='FILE',
                        help='an MNIST.npz to train on, not the subset')
    parser.add_argument('--rounds', metavar='N', type=int,
                        help='how often to measure (default: 7; quick: 2)')
    parser.add_argument('--out', metavar='FOLDER', default='docs', type=Path,
                        help='where to save the pictures (default: docs)')
    parser.add_argument('--train', choices=OTHERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    rounds = args.rounds or (2 if args.quick else 7)
    begin = time.time()

    os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')  # a quiet start
    sys.path.append(str(FOLDER))
    data = digits.load(args.mnist)
    m = 5000 if args.quick else 50000
    x, y = repeat(data.x_train, m), repeat(data.y_train, m)
    if args.train:
        work({'keras': keras_epochs, 'torch': torch_epochs,
              'jax': jax_epochs}[args.train](x, y))
        return

    import absl.logging
    import tensorflow as tf
    import tensorflow.keras as K

    # On every `.h5`, both Keras 2 and 3 advise against it.
    absl.logging.set_verbosity('error')
    warnings.filterwarnings('ignore', '.*HDF5 file')
    one_hot = __import__('3-one_hot').one_hot
    y = one_hot(y, 10)
    test = (repeat(data.x_test, 10000),
            one_hot(repeat(data.y_test, 10000), 10))
    keras_3 = hasattr(K, 'ops')
    backend = K.backend.backend()
    version = sys.modules[K.Model.__module__.split('.')[0]].__version__
    stack = (f'TensorFlow {tf.__version__}, Keras {version} on {backend}, '
             f'Python {platform.python_version()}')
    print(f'{stack}; {processor()}; rounds: {rounds}\n\n'
          f'| {"what":38} | {"ours":>9} | {"plain":>9} | ratio '
          f'| {"range":12} | quickest | {"target":12} |\n'
          f'| {"-" * 38} | {"-" * 8}: | {"-" * 8}: | ----: '
          f'| {"-" * 12} | -------: | {"-" * 12} |', flush=True)

    # The targets of training and of the calls are for TensorFlow.
    target = 0.6 if backend == 'tensorflow' else None
    others = {}
    for name, (package, _) in OTHERS.items():
        if find_spec(package) and (keras_3 if name == 'keras'
                                   else not args.quick):
            others[name] = subprocess.Popen(
                [sys.executable, __file__, '--train', name,
                 *(['--quick'] if args.quick else []),
                 *(['--mnist', args.mnist] if args.mnist else [])],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                # PyTorch's threads wait by spinning, which takes the cores
                # from the next in turn, and ten times as long if they're busy.
                env={**os.environ, 'KERAS_BACKEND': 'jax',
                     'OMP_WAIT_POLICY': 'PASSIVE'})
    rows, equal, losses = measure_training(x, y, others, rounds, target)
    for process in others.values():
        process.communicate()  # no more lines: it ends
    rows += measure_calls(*test, rounds, target)
    # On Keras 2, to_categorical gives float32 too.
    rows += measure_one_hot(10000000, rounds, 0.5 if keras_3 else None)
    if not args.quick:
        rows += measure_import(rounds)
    rows += measure_saving(x, y, 3 * rounds)

    print(f'\nHistory and weights after {rounds + 1} epochs: '
          + ('equal to the last digit' if equal else 'NOT EQUAL')
          + '; the last loss: '
          + ', '.join(f'{name} {losses[name][-1]:.4f}' for name in losses))
    if not args.quick:
        args.out.mkdir(parents=True, exist_ok=True)
        title = f'{stack}\n{processor()}'
        draw_ratios(rows, title, args.out / 'ratios.png')
        draw_growth(measure_growth(x, y), title, args.out / 'growth.png')
        print(f'saved {args.out}/ratios.png and growth.png')
    print(f'{time.time() - begin:.0f} s in all')
    if not equal:
        sys.exit('optimize_model has changed the numbers.')


if __name__ == '__main__':
    main()
