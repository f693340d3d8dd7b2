def train_model(network, data, labels, batch_size, epochs,
                validation_data=None, verbose=True, shuffle=False):
    history = network.fit(
        data, labels, batch_size=batch_size, epochs=epochs,
        verbose=verbose, shuffle=shuffle)
    if validation_data is not None:
        loss, accuracy = network.evaluate(*validation_data, verbose=0)
        history.history['val_loss'] = [loss]
        history.history['val_accuracy'] = [accuracy]
    return history
