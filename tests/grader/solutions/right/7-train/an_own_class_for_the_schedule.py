import tensorflow.keras as K


class InverseTime:
    def __init__(self, alpha, rate):
        self.alpha, self.rate = alpha, rate

    def __call__(self, step):
        return float(self.alpha / (1.0 + self.rate * step))


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                learning_rate_decay=False, alpha=0.1, decay_rate=1,
                verbose=True, shuffle=False):
    stop = K.callbacks.EarlyStopping(monitor='val_loss', patience=patience)
    decay = K.callbacks.LearningRateScheduler(
        InverseTime(alpha, decay_rate), verbose=verbose)
    asked = [(early_stopping, stop), (learning_rate_decay, decay)]
    callbacks = [callback for wanted, callback in asked
                 if wanted and validation_data is not None]
    return network.fit(
        x=data, y=labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle, validation_data=validation_data,
        callbacks=callbacks)
