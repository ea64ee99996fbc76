package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.policy.document.DocumentSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A house with two rooms that keep something: pictures of people, and footage of places. */
final class RetainHouse implements AutoCloseable {
    static final DataClass PICTURE = DataClass.of("picture");
    static final DataClass FOOTAGE = DataClass.of("footage");
    static final String SCHEDULE = """
            version: 1
            zone: Europe/Berlin
            rules:
              - {id: pictures, data: picture, from: recorded, at-least: P10D, keep: P30D, at-most: P40D, source: house rule 3}
              - {id: guests, data: picture, people: visitor, from: recorded, keep: P2D, at-most: P3D, source: house rule 4}
              - {id: footage, data: footage, from: recorded, at-least: P30D, keep: P30D, at-most: P35D, source: CAM-3}
              - {id: vault, data: footage, place: vault, from: recorded, at-least: P30D, keep: P90D, at-most: P100D, source: CAM-3}
            """;

    final Store store;
    final StoreVault vault;
    final StoreLedger ledger;
    final LegalHolds holds;
    final TestRoom pictures;
    final TestRoom footage;
    final RetentionSchedule schedule;
    final PurgeJob job;
    final InstantSource clock;

    private RetainHouse(Path directory, String url, InstantSource clock) throws IOException {
        this.clock = clock;
        this.store = Stores.open(url);
        this.vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key")), clock);
        vault.keepShreddingsIn(list(directory));
        this.ledger = StoreLedger.open(store, vault, "house.example.com", clock);
        this.holds = LegalHolds.create(store, vault, ledger, clock);
        Path files = directory.resolve("files");
        this.pictures = TestRoom.create("pictures", PICTURE, "recorded", store, vault, files);
        this.footage = TestRoom.create("footage", FOOTAGE, "recorded", store, vault, files);
        this.schedule = RetentionSchedule.read(DocumentSource.of("schedule.yaml", SCHEDULE));
        this.job = PurgeJob.create(store, vault, ledger, schedule, List.of(pictures, footage), holds, clock);
    }

    static RetainHouse open(Path directory, InstantSource clock) throws IOException {
        return open(directory, "sqlite:" + directory.resolve("house.db"), clock);
    }

    /** With keys and files in the directory, and the database elsewhere. */
    static RetainHouse open(Path directory, String url, InstantSource clock) throws IOException {
        return new RetainHouse(directory, url, clock);
    }

    static Path list(Path directory) {
        return directory.resolve("shreddings");
    }

    KeptItem picture(String id, String owner, Instant at) throws IOException {
        return kept(pictures, KeptItem.of(id, PersonId.of(owner), at));
    }

    KeptItem guestPicture(String id, String owner, Instant at) throws IOException {
        return kept(
                pictures,
                new KeptItem(
                        id, Optional.of(PersonId.of(owner)), at, Optional.empty(), Optional.of(PersonKind.VISITOR)));
    }

    KeptItem footage(String id, String place, Instant at) throws IOException {
        // Nobody in particular is on a recording: it has a key of its own.
        PersonId key = PersonId.of("recording-" + id);
        return kept(footage, new KeptItem(id, Optional.of(key), at, Optional.of(place), Optional.empty()));
    }

    private static KeptItem kept(TestRoom room, KeptItem item) throws IOException {
        room.keep(item);
        return item;
    }

    @Override
    public void close() throws IOException {
        ledger.close();
        vault.close();
        store.close();
    }
}
