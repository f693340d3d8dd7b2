#!/usr/bin/env python3
"""Times training and grading: plain Keras, this library and some settings.

    python tests/benchmark.py [--mnist FILE] [--rounds N]

Each way to train runs in its own process. They take turns, so that a busy
machine slows all of them. The table shows the median time of the rounds, and
the median and range of the ratio to plain Keras in the same round. The
picture is saved to docs/speed.png.
"""
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
EPOCH = 50000
# For each way to train: the package it needs, and environment variables.
WAYS = {
    'plain Keras': ('keras', {}),
    'this library': ('keras', {}),
    'one thread': ('keras', {'TF_NUM_INTRAOP_THREADS': '1'}),
    'steps_per_execution=12': ('keras', {}),
    'JAX': ('jax', {'KERAS_BACKEND': 'jax'}),
    'a loop by hand, JAX': ('jax', {}),
    # By default its threads spin as they wait, which slows the next way.
    'a loop by hand, PyTorch': ('torch', {'OMP_WAIT_POLICY': 'PASSIVE'})}


def keras_epochs(way, x, y):
    """Trains the course's network. Yields loss, accuracy, sum of weights."""
    import tensorflow.keras as K

    y = __import__('3-one_hot').one_hot(y, 10)
    K.utils.set_random_seed(8)
    network = __import__('1-input').build_model(
        784, [256, 256, 10], ['relu', 'relu', 'softmax'], 0.0001, 0.95)
    if way in ('plain Keras', 'steps_per_execution=12'):
        steps = {'steps_per_execution': 12} if '=' in way else {}
        network.compile(
            K.optimizers.Adam(0.001, beta_1=0.9, beta_2=0.999),
            'categorical_crossentropy', metrics=['accuracy'], **steps)
    else:
        __import__('2-optimize').optimize_model(network, 0.001, 0.9, 0.999)
    train = __import__('4-train').train_model
    while True:
        if way == 'plain Keras':
            history = network.fit(x, y, batch_size=64, epochs=1, verbose=0,
                                  shuffle=False)
        else:
            history = train(network, x, y, 64, 1, verbose=False)
        loss, accuracy = (history.history[name][0]
                          for name in ('loss', 'accuracy'))
        yield loss, accuracy, sum(float(abs(array).sum(dtype='float64'))
                                  for array in network.get_weights())


def jax_epochs(way, x, y):
    """Trains the same network with a scan over the batches, in JAX."""
    import jax
    import jax.numpy as jnp

    def loss_of(weights, key, x, y):
        penalty = 0
        for i, (kernel, bias) in enumerate(weights):
            if i > 0:
                keep = jax.random.bernoulli(
                    jax.random.fold_in(key, i), 0.95, x.shape)
                x = jnp.where(keep, jax.nn.relu(x) / 0.95, 0)
            x = x @ kernel + bias
            penalty += 0.0001 * jnp.sum(kernel ** 2)
        picked = jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], 1)
        return penalty - picked.mean(), jnp.sum(x.argmax(1) == y)

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
        return (weights, m, v, t, key), (loss, right)

    key, *keys = jax.random.split(jax.random.key(8), 4)
    glorot = jax.nn.initializers.glorot_uniform()
    weights = [(glorot(key, shape), jnp.zeros(shape[1])) for key, shape
               in zip(keys, ((784, 256), (256, 256), (256, 10)))]
    zeros = jax.tree.map(jnp.zeros_like, weights)
    state = weights, zeros, zeros, 0, key
    full = len(x) // 64 * 64
    y = y.astype('int32')
    batches = (jnp.asarray(x[:full].reshape(-1, 64, 784)),
               jnp.asarray(y[:full].reshape(-1, 64)))
    epoch = jax.jit(lambda state: jax.lax.scan(step, state, batches))
    last = jax.jit(step)
    while True:
        state, (losses, right) = epoch(state)
        total, count = 64 * losses.sum(), right.sum()
        if full < len(x):  # a smaller last batch
            state, (loss, right) = last(state, (x[full:], y[full:]))
            total, count = total + loss * (len(x) - full), count + right
        yield float(total) / len(x), float(count) / len(x), 0


def torch_epochs(way, x, y):
    """Trains the same network with a loop in PyTorch."""
    import torch
    from torch import nn

    torch.manual_seed(8)
    x, y = torch.tensor(x), torch.tensor(y, dtype=torch.int64)
    layers = nn.Linear(784, 256), nn.Linear(256, 256), nn.Linear(256, 10)
    for layer in layers:
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    network = nn.Sequential(
        layers[0], nn.ReLU(), nn.Dropout(0.05),
        layers[1], nn.ReLU(), nn.Dropout(0.05), layers[2])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7)
    while True:
        total = right = 0
        for batch, labels in zip(x.split(64), y.split(64)):
            logits = network(batch)
            loss = nn.functional.cross_entropy(logits, labels) + 0.0001 * sum(
                layer.weight.square().sum() for layer in layers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
            right += (logits.argmax(1) == labels).sum()  # as Keras does
        yield float(total) / len(x), float(right) / len(x), 0


def work(way, mnist):
    """Trains an epoch for each line of input. Prints the time and results."""
    import numpy as np

    from examples.data import digits

    data = digits.load(mnist)
    epochs = {'a loop by hand, JAX': jax_epochs,
              'a loop by hand, PyTorch': torch_epochs}.get(way, keras_epochs)(
        way, np.resize(data.x_train, (EPOCH, 784)),
        np.resize(data.y_train, EPOCH))
    for _ in sys.stdin:
        start = time.perf_counter()
        results = next(epochs)
        print('epoch', time.perf_counter() - start, *results, flush=True)


def ask(process):
    """Lets a process train an epoch. Returns the seconds and the results."""
    process.stdin.write('\n')
    process.stdin.flush()
    for line in process.stdout:  # libraries may print other lines
        if line.startswith('epoch '):
            return list(map(float, line.split()[1:]))
    sys.exit('A training process has ended. Its error is above.')


def verdict():
    """Times grading a copy of this library: single tasks, and all tasks."""
    with tempfile.TemporaryDirectory() as folder:
        for path in ROOT.glob('[0-9]*.py'):
            shutil.copy(path, folder)
        for what, options in (('task 3', ['--task', '3']),
                              ('task 8', ['--task', '8']),
                              ('all fourteen tasks', [])):
            start = time.perf_counter()
            subprocess.run(
                [sys.executable, '-m', 'grader', 'grade', folder, *options],
                cwd=ROOT, check=True, capture_output=True)
            print(f'grading {what}: {time.perf_counter() - start:.1f} s')


def draw(ratios, title):
    """Draws the ratios to plain Keras as bars with their ranges."""
    from matplotlib.figure import Figure

    ways = list(ratios)[::-1]  # the first one goes to the top
    middle = [statistics.median(ratios[way]) for way in ways]
    colours = ['tab:orange' if way == 'this library' else 'tab:blue'
               for way in ways]
    figure = Figure(figsize=(9, 3.4), layout='constrained')
    figure.suptitle('The time of an epoch: lower is faster')
    axes = figure.subplots()
    axes.barh(ways, middle, color=colours, height=0.6, xerr=[
        [m - min(ratios[way]) for m, way in zip(middle, ways)],
        [max(ratios[way]) - m for m, way in zip(middle, ways)]], capsize=2)
    axes.axvline(1, color='black', linewidth=1)
    for m, way in zip(middle, ways):
        axes.annotate(f'{m:.2f}', (0, way), (4, 0), va='center',
                      textcoords='offset points', color='white')
    axes.set_xlabel('ratio to plain Keras: median and range')
    axes.set_title(title, fontsize=9, color='0.35')
    axes.spines[['top', 'right']].set_visible(False)
    figure.savefig(ROOT / 'docs' / 'speed.png', dpi=180)


def main():
    """Measures everything, prints the table and draws the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--mnist', metavar='FILE',
                        help='an MNIST.npz to train on instead of the '
                        'repeated subset')
    parser.add_argument('--rounds', metavar='N', type=int, default=7,
                        help='number of rounds (default: %(default)s)')
    parser.add_argument('--way', choices=WAYS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'  # a quiet start
    if args.way:
        work(args.way, args.mnist)
        return

    import tensorflow as tf
    import tensorflow.keras as K

    stack = (f'TensorFlow {tf.__version__}, Keras {K.__version__}, '
             f'Python {platform.python_version()}, {os.cpu_count()} cores')
    processes = {way: subprocess.Popen(
        [sys.executable, __file__, '--way', way,
         *(['--mnist', args.mnist] if args.mnist else [])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, **environment})
        for way, (package, environment) in WAYS.items()
        if find_spec(package) and (way != 'JAX' or hasattr(K, 'ops'))}
    rounds = []
    for i in range(args.rounds + 1):
        turn = list(processes)[::(-1) ** i]
        results = {way: ask(processes[way]) for way in turn}
        rounds.append({way: results[way] for way in processes})
    for process in processes.values():
        process.communicate()  # without more input, it ends

    counted = rounds[1:]  # the first round includes compiling
    ratios = {way: [each[way][0] / each['plain Keras'][0] for each in counted]
              for way in processes}
    print(f'{stack}; {args.rounds} epochs of {EPOCH:,} digits\n\n'
          '| what | seconds | ratio | range | last loss |\n'
          '| --- | ---: | ---: | --- | ---: |')
    for way in processes:
        seconds = statistics.median(each[way][0] for each in counted)
        print(f'| {way} | {seconds:.2f} | {statistics.median(ratios[way]):.2f}'
              f' | {min(ratios[way]):.2f} to {max(ratios[way]):.2f} '
              f'| {counted[-1][way][1]:.4f} |')
    print()
    for way in list(processes)[1:4]:
        equal = all(each[way][1:] == each['plain Keras'][1:]
                    for each in rounds)
        print(f'{way}: losses, accuracies, sum of weights',
              'equal to the last digit' if equal else 'NOT EQUAL')
    verdict()
    draw(ratios, stack)


if __name__ == '__main__':
    main()
