from tensorflow import keras


class SaveBest(keras.callbacks.Callback):
    def __init__(self, path):
        super().__init__()
        if path is None:
            raise ValueError('filepath is missing')
        self.path, self.best = path, float('inf')

    def on_epoch_end(self, epoch, logs=None):
        if logs['val_loss'] < self.best:
            self.best = logs['val_loss']
            self.model.save(self.path)


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False,
                patience=0, learning_rate_decay=False, alpha=0.1,
                decay_rate=1, save_best=False, filepath=None,
                verbose=True, shuffle=False):
    callbacks = []
    if validation_data is not None and early_stopping:
        callbacks.append(keras.callbacks.EarlyStopping(patience=patience))
    if validation_data is not None and learning_rate_decay:
        callbacks.append(keras.callbacks.LearningRateScheduler(
            lambda e, _: alpha / (1 + decay_rate * e), verbose=1))
    if validation_data is not None and save_best:
        callbacks.append(SaveBest(filepath))
    return network.fit(data, labels, batch_size=batch_size, epochs=epochs,
                       verbose=verbose, callbacks=callbacks,
                       validation_data=validation_data, shuffle=shuffle)
