package io.gatehouse.policy.consent;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.keep.Keeper;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person answered about one purpose and data class, as an item whose time begins when the last answer is no yes any
 * more and all that had to follow was carried out and recorded. An item's id is that of the last answer. Thread-safe.
 */
final class ConsentKeeper implements Keeper {
    static final String EVENT = "consent-ended";

    private final Store store;
    private final ConsentPeople people;

    ConsentKeeper(Store store, ConsentPeople people) {
        this.store = store;
        this.people = people;
    }

    @Override
    public String name() {
        return "consents";
    }

    @Override
    public DataClass dataClass() {
        return JdbcConsentRegister.RECORDS;
    }

    @Override
    public String startsWith() {
        return EVENT;
    }

    @Override
    public List<KeptItem> startedBy(Instant until, Optional<KeptItem> after, int limit) throws IOException {
        List<KeptItem> items = new ArrayList<>();
        Optional<KeptItem> last = after;
        List<StoredAnswer> page = page(until, last, limit);
        while (!page.isEmpty() && items.isEmpty()) {
            for (StoredAnswer each : page) {
                people.open(each).ifPresent(record -> items.add(item(record)));
            }
            // A page of people who were shredded is no end.
            StoredAnswer end = page.get(page.size() - 1);
            last = Optional.of(
                    new KeptItem(end.id().toString(), Optional.empty(), end.at(), Optional.empty(), Optional.empty()));
            page = items.isEmpty() ? page(until, last, limit) : page;
        }
        return items;
    }

    private List<StoredAnswer> page(Instant until, Optional<KeptItem> after, int limit) throws IOException {
        return store.read(connection -> ConsentTables.ended(
                connection,
                until.toEpochMilli(),
                after.map(item -> item.startedAt().toEpochMilli()).orElse(Long.MIN_VALUE),
                after.map(KeptItem::id).orElse(""),
                limit));
    }

    private static KeptItem item(ConsentRecord record) {
        return KeptItem.of(record.id().toString(), record.subject().person(), record.at());
    }

    @Override
    public void delete(List<KeptItem> items) throws IOException {
        store.write(connection -> {
            int deleted = 0;
            for (KeptItem each : items) {
                deleted += ConsentTables.deleteEnded(connection, UUID.fromString(each.id()));
            }
            return deleted;
        });
    }

    @Override
    public boolean keeps(KeptItem item) throws IOException {
        return store.<Boolean>read(connection ->
                ConsentTables.find(connection, UUID.fromString(item.id())).isPresent());
    }

    /** Any answer at all: the key is for all of them. */
    @Override
    public boolean keepsAnyOf(PersonId owner) throws IOException {
        return !stored(owner).isEmpty();
    }

    @Override
    public List<KeptItem> itemsOf(PersonId owner) throws IOException {
        List<KeptItem> items = new ArrayList<>();
        for (StoredAnswer each : stored(owner)) {
            boolean isEnded = store.<Boolean>read(connection -> ConsentTables.isEnded(connection, each.id()));
            if (isEnded) {
                people.open(each).ifPresent(record -> items.add(item(record)));
            }
        }
        return items.stream().sorted().toList();
    }

    private List<StoredAnswer> stored(PersonId owner) throws IOException {
        Optional<String> pseudonym = people.known(owner);
        return pseudonym.isEmpty()
                ? List.of()
                : store.read(connection -> ConsentTables.history(connection, pseudonym.get()));
    }

    @Override
    public Optional<byte[]> sealedSample(KeptItem item) throws IOException {
        return store.read(connection -> ConsentTables.find(connection, UUID.fromString(item.id())))
                .map(answer -> Base64.getDecoder().decode(answer.sealedHow()));
    }
}
