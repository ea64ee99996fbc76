package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A keeper of data that stand where nothing can be deleted, such as what the ledger says about people: what is destroyed is
 * the person's key. Somebody else knows when each person's time began, such as the day they left. An item is a person who
 * has a key of the data class. Thread-safe if the list of people is.
 */
public final class KeyKeeper implements Keeper {
    private static final byte[] ASKED = "gatehouse key keeper v1".getBytes(StandardCharsets.UTF_8);

    private final String name;
    private final DataClass dataClass;
    private final String event;
    private final Vault vault;
    private final People people;

    private KeyKeeper(String name, DataClass dataClass, String event, Vault vault, People people) {
        this.name = Objects.requireNonNull(name, "name");
        this.dataClass = Objects.requireNonNull(dataClass, "dataClass");
        this.event = Objects.requireNonNull(event, "event");
        this.vault = Objects.requireNonNull(vault, "vault");
        this.people = Objects.requireNonNull(people, "people");
    }

    /** Port: whose time has begun, and when; such as everybody who left, with the day. */
    public interface People {
        /** As {@link Keeper#startedBy}; the owner of each item is the person. */
        List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException;

        /** The item of one person; empty if their time has not begun. */
        Optional<KeptItem> of(PersonId person) throws IOException;
    }

    /**
     * A keeper of people's keys.
     *
     * @param name  of the keeper
     * @param event with which a person's time begins
     */
    public static KeyKeeper create(String name, DataClass dataClass, String event, Vault vault, People people) {
        return new KeyKeeper(name, dataClass, event, vault, people);
    }

    private boolean hasKey(PersonId person) throws IOException {
        return vault.knownHash(person, dataClass, ASKED).isPresent();
    }

    private static PersonId owner(KeptItem item) {
        return item.owner()
                .orElseThrow(() -> new IllegalStateException("a list of people has an item without a person"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DataClass dataClass() {
        return dataClass;
    }

    @Override
    public String startsWith() {
        return event;
    }

    /** Reads on past those whose key is gone, who stay in the list of people. */
    @Override
    public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException {
        List<KeptItem> found = new ArrayList<>();
        List<KeptItem> page = people.startedBy(until, after, limit);
        while (!page.isEmpty() && found.size() < limit) {
            for (KeptItem each : page) {
                if (found.size() < limit && hasKey(owner(each))) {
                    found.add(each);
                }
            }
            page = found.size() < limit
                    ? people.startedBy(until, Optional.of(page.get(page.size() - 1)), limit)
                    : List.of();
        }
        return found;
    }

    /** Nothing to do: the key goes when nothing is kept under it. */
    @Override
    public void delete(List<KeptItem> items) {}

    @Override
    public boolean keeps(KeptItem item) throws IOException {
        return hasKey(owner(item));
    }

    @Override
    public boolean keepsAnyOf(PersonId owner) throws IOException {
        return hasKey(owner) && people.of(owner).isEmpty();
    }

    @Override
    public List<KeptItem> itemsOf(PersonId owner) throws IOException {
        Optional<KeptItem> item = people.of(owner);
        return item.isPresent() && hasKey(owner) ? List.of(item.get()) : List.of();
    }

    /** Sealed now, to be tried when the key is gone. */
    @Override
    public Optional<byte[]> sealedSample(KeptItem item) throws IOException {
        return hasKey(owner(item)) ? Optional.of(vault.seal(owner(item), dataClass, ASKED)) : Optional.empty();
    }
}
