package io.gatehouse.policy.consent.request;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.util.Map;

/**
 * Port: what a room keeps about a person, for that person. Each room that keeps something has one, made where rooms are
 * put together. Implementations are thread-safe.
 */
public interface PersonalDataSource {
    /** The section's name, lower-case words joined by {@code -}. */
    String section();

    /** Which data these are. */
    DataClass dataClass();

    /**
     * Hands over everything about the person, item by item.
     *
     * @throws IOException if it cannot be read, or what the sink threw
     */
    void read(PersonId person, Sink sink) throws IOException;

    /** Takes items. */
    @FunctionalInterface
    interface Sink {
        /** One item: fields by name; values are texts, whole numbers, booleans, times, lists or such maps. */
        void item(Map<String, Object> fields) throws IOException;
    }
}
