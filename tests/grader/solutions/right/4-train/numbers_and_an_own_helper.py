def _flag(value):
    return 1 if value else 0


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    return network.fit(x=data, y=labels, epochs=epochs, shuffle=shuffle,
                       batch_size=batch_size, verbose=_flag(verbose),
                       callbacks=None)
