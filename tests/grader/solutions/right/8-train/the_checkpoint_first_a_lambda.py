import tensorflow.keras as K


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False,
                patience=0, learning_rate_decay=False, alpha=0.1,
                decay_rate=1, save_best=False, filepath=None,
                verbose=True, shuffle=False):
    cb = []
    if validation_data is not None:
        if save_best:
            cb.append(K.callbacks.ModelCheckpoint(filepath,
                                                  save_best_only=True))
        if learning_rate_decay:
            cb.append(K.callbacks.LearningRateScheduler(
                lambda e: alpha / (1 + decay_rate * e), verbose=1))
        if early_stopping:
            cb.append(K.callbacks.EarlyStopping(patience=patience))
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=verbose, callbacks=cb,
                       validation_data=validation_data, shuffle=shuffle)
