

def predict(network, data, verbose=False):
    if not network.compiled:
        network.compile(optimizer='adam', loss='categorical_crossentropy',
                        metrics=['accuracy'])
    return network.predict(data, verbose=1 if verbose else 0)
