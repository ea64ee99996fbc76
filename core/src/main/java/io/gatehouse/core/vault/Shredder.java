package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.ShredEvents.Event;
import io.gatehouse.core.vault.VaultTables.Shredded;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Destroys the keys of subjects and keeps the list of it. Thread-safe. */
final class Shredder {
    private static final Logger LOG = System.getLogger(Shredder.class.getName());
    private static final int FINGERPRINT_BYTES = 16;
    private static final int BATCH = 1_000;

    private final Store store;
    private final DataKeys keys;
    private final InstantSource clock;
    private final Object listing = new Object();
    private @Nullable ShredList kept;

    Shredder(Store store, DataKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    Shredded shred(byte[] subject) throws IOException {
        return shredAll(List.of(subject)).get(0);
    }

    List<Shredded> shredAll(List<byte[]> subjects) throws IOException {
        Instant now = now();
        List<Shredded> all = new ArrayList<>();
        for (byte[] subject : subjects) {
            all.add(keys.shred(subject, (connection, stored) -> shred(connection, subject, stored, now)));
        }
        if (!subjects.isEmpty()) {
            // Also if they were shredded before: what came after that may have failed then.
            store.scrub();
            bringListUpToDate();
        }
        return all;
    }

    /** What was shredded before keeps the certificate of that time. */
    private static Shredded shred(Connection connection, byte[] subject, List<Wrapped> stored, Instant now)
            throws SQLException {
        Optional<Shredded> before = VaultTables.shredded(connection, subject);
        if (before.isPresent()) {
            // A program of an earlier version leaves what it does not know.
            VaultTables.destroyKeys(connection, subject);
            return before.get();
        }
        Shredded shredded = new Shredded(now, stored.isEmpty() ? "" : fingerprint(stored.get(0)));
        VaultTables.destroyKeys(connection, subject);
        VaultTables.insertShredded(connection, subject, shredded);
        ShredEvents.insertShredding(connection, subject, shredded);
        return shredded;
    }

    void renew(byte[] subject) throws IOException {
        Instant now = now();
        store.write(connection -> {
            int renewed = VaultTables.deleteShredded(connection, subject);
            if (renewed > 0) {
                ShredEvents.insertRenewal(connection, subject, now);
            }
            return renewed;
        });
        bringListUpToDate();
    }

    private void bringListUpToDate() throws IOException {
        synchronized (listing) {
            ShredList list = kept;
            if (list != null) {
                list.append(eventsAfter(list.events()));
            }
        }
    }

    private ShredList.Source eventsAfter(long number) {
        AtomicLong last = new AtomicLong(number);
        return () -> {
            List<Event> batch = store.read(connection -> ShredEvents.after(connection, last.get(), BATCH));
            if (!batch.isEmpty()) {
                last.set(batch.get(batch.size() - 1).number());
            }
            return batch;
        };
    }

    long export(Path file) throws IOException {
        return ShredList.write(file, keys.root().shredListKey(), eventsAfter(0)).events();
    }

    /** From now on the list in this file has every event before the call that makes it returns. */
    void keepIn(Path file) throws IOException {
        synchronized (listing) {
            HmacKey key = keys.root().shredListKey();
            if (!Files.exists(file)) {
                kept = ShredList.write(file, key, eventsAfter(0));
                return;
            }
            ShredList list = ShredList.read(file, key, event -> {
                if (!store.read(connection -> ShredEvents.isKnown(connection, event.id()))) {
                    throw new VaultException("The list " + file + " has shreddings that this vault does not know of,"
                            + " so the vault is an older copy: replay the list first, and serve nothing before.");
                }
            });
            // After a replay the order here is another one than in the list; then it is written anew.
            long sound = list.events();
            long here = store.read(ShredEvents::count);
            boolean isPrefix = !list.isOld() && list.events() <= here && hasOrderOf(file, key);
            ShredList whole = isPrefix ? list : ShredList.write(file, key, eventsAfter(0));
            whole.append(eventsAfter(whole.events()));
            kept = whole;
            if (list.isCut()) {
                sayCut(file, sound, whole.events());
            }
        }
    }

    /** The list is whole again, but copies of the file are not, and somebody may have cut it. */
    private static void sayCut(Path file, long sound, long events) {
        LOG.log(
                Level.WARNING,
                "the list of shreddings {0} was cut after event {1}, by a crash or by somebody: it is whole again with"
                        + " {2} events, which this vault has; copies of the file made meanwhile may lack some",
                file,
                sound,
                events);
    }

    private boolean hasOrderOf(Path file, HmacKey key) throws IOException {
        boolean[] same = {true};
        ShredList.read(file, key, event -> {
            List<Event> here = store.read(connection -> ShredEvents.after(connection, event.number() - 1, 1));
            same[0] &= !here.isEmpty() && MessageDigest.isEqual(here.get(0).id(), event.id());
        });
        return same[0];
    }

    ShredReplay replay(Path file) throws IOException {
        HmacKey key = keys.root().shredListKey();
        // First the whole list as it is, so that an altered one changes nothing.
        ShredList.read(file, key, event -> {});
        long[] applied = {0};
        ShredList list = ShredList.read(file, key, event -> {
            boolean isNew = keys.shred(event.subject(), (connection, stored) -> ShredEvents.replay(connection, event));
            applied[0] += isNew ? 1 : 0;
        });
        store.scrub();
        bringListUpToDate();
        long here = store.read(ShredEvents::count);
        return new ShredReplay(applied[0], list.events() - applied[0], here - list.events(), list.isCut());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String fingerprint(Wrapped key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.key());
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
