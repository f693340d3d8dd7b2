def train_model(network, data, labels, batch_size, epochs,
                verbose=True, shuffle=False):
    losses = []
    for epoch in range(epochs):
        for i in range(0, len(data), batch_size):
            loss = network.train_on_batch(
                data[i:i + batch_size], labels[i:i + batch_size])
        losses.append(loss)
        if verbose:
            print(epoch, loss)
    return losses
