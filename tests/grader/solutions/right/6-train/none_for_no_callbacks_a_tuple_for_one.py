from tensorflow.keras.callbacks import EarlyStopping


def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, early_stopping=False, patience=0,
                verbose=True, shuffle=False):
    callbacks = None
    if validation_data and early_stopping:
        callbacks = (EarlyStopping(patience=patience, mode='min',
                                   verbose=0),)
    return network.fit(
        data, labels, batch_size, epochs, verbose=verbose, shuffle=shuffle,
        callbacks=list(callbacks) if callbacks else None,
        validation_data=validation_data)
