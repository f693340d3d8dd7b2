import tensorflow as tf


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    calls = []
    if validation_data:
        if learning_rate_decay:
            def decay(epoch, lr):
                return alpha * (1 / (1 + epoch * decay_rate))
            calls += [tf.keras.callbacks.LearningRateScheduler(decay, True)]
        if early_stopping:
            calls += [tf.keras.callbacks.EarlyStopping('val_loss', 0,
                                                       patience)]
    return network.fit(data, labels, batch_size, epochs, verbose, calls,
                       validation_data=validation_data, shuffle=shuffle)
