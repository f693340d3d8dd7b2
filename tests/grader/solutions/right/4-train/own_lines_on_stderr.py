import sys

import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    def line(epoch, logs):
        numbers = ', '.join(f'{k} {v:.4f}' for k, v in logs.items())
        print(f'{epoch + 1}/{epochs}: {numbers}', file=sys.stderr)

    reporter = K.callbacks.LambdaCallback(on_epoch_end=line)
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=0, shuffle=shuffle,
                       callbacks=[reporter] if verbose else None)
