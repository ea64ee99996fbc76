package io.gatehouse.devices.link;

import java.io.IOException;

/**
 * What a driver does while the bus is its own: usually a question and its answer.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface BusWork<T> {
    T with(BusTurn turn) throws IOException;
}
