package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A real store and vault in a folder; consent and ledger are lists that the tests read and write. */
final class GalleryHouse implements AutoCloseable {
    static final ModelPack PACK = ModelPack.loadDefault();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);

    final List<LedgerEvent> recorded = new CopyOnWriteArrayList<>();
    boolean ledgerFails;
    /** Through which galleries reach the store. */
    UnaryOperator<Store> through = UnaryOperator.identity();

    private volatile CompletableFuture<String> held = CompletableFuture.completedFuture("");
    private volatile Instant now = CLOCK.instant();
    private final Set<PersonId> withdrawn = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Runnable> onceAnswered = new AtomicReference<>(() -> {});
    private final Path folder;
    private final Store store;
    private final StoreVault vault;

    GalleryHouse(Path folder) throws IOException {
        this(folder, "sqlite:" + folder.resolve("gatehouse.db"));
    }

    /** With the vault's key in the folder and the database elsewhere. */
    GalleryHouse(Path folder, String url) throws IOException {
        this.folder = folder;
        this.store = Stores.open(url);
        this.vault = StoreVault.open(store, KeyEncryptionKey.ofKeyFile(folder.resolve("vault.key")), CLOCK);
    }

    Gallery gallery(Purpose purpose) throws IOException {
        return builder(purpose, PACK).open();
    }

    GalleryBuilder builder(Purpose purpose, ModelPack pack) {
        return bare(purpose, pack).ledger(new RecordingLedger());
    }

    GalleryBuilder withoutLedger(Purpose purpose) {
        return bare(purpose, PACK);
    }

    /** In this house's store. */
    StoreLedger realLedger() throws IOException {
        return StoreLedger.open(store, vault, "gatehouse.example/gallery-test", CLOCK);
    }

    private GalleryBuilder bare(Purpose purpose, ModelPack pack) {
        return Gallery.builder(purpose, pack)
                .store(through.apply(store))
                .vault(vault)
                .lawfulBasis((person, asked, dataClass) -> basis(person))
                .clock(() -> now);
    }

    /** From now on nothing that is sent to the ledger becomes durable, until it is released. */
    void holdLedger() {
        held = new CompletableFuture<>();
    }

    void releaseLedger() {
        held.complete("");
    }

    private LawfulBasis.Answer basis(PersonId person) {
        LawfulBasis.Answer answer = withdrawn.contains(person)
                ? LawfulBasis.Answer.refused(Reason.of("consent.withdrawn", "Consent was withdrawn."))
                : LawfulBasis.Answer.lawful();
        onceAnswered.getAndSet(() -> {}).run();
        return answer;
    }

    /** Runs after the next answer about a basis is found and before it is given. */
    void onceAnswered(Runnable action) {
        onceAnswered.set(action);
    }

    void withdraw(PersonId person) {
        withdrawn.add(person);
    }

    void consent(PersonId person) {
        withdrawn.remove(person);
    }

    void shred(PersonId person) throws IOException {
        vault.shred(person, DataClass.FACE_TEMPLATE);
    }

    List<String> column(String name) throws IOException {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT " + name + " FROM gallery_reference")) {
                List<String> values = new ArrayList<>();
                while (result.next()) {
                    values.add(new String(result.getBytes(1), StandardCharsets.ISO_8859_1));
                }
                return values;
            }
        });
    }

    List<byte[]> bytes(String name) throws IOException {
        return column(name).stream()
                .map(value -> value.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** What was recorded of a kind. */
    List<LedgerEvent> recorded(EventKind kind) {
        return recorded.stream().filter(event -> event.kind().equals(kind)).toList();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Reads from the store for as long as this takes. */
    void whileReading(Runnable action) throws IOException {
        store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT count(*) FROM gallery_reference")) {
                action.run();
                return result.next();
            }
        });
    }

    /** The values of one column that a query gives, as bytes. */
    List<byte[]> values(String query) throws IOException {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                List<byte[]> values = new ArrayList<>();
                while (result.next()) {
                    byte[] value = result.getBytes(1);
                    if (value != null) {
                        values.add(value);
                    }
                }
                return values;
            }
        });
    }

    int rows() throws IOException {
        return count("gallery_reference");
    }

    int count(String table) throws IOException {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
                return result.next() ? result.getInt(1) : -1;
            }
        });
    }

    void execute(String sql) throws IOException {
        store.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    boolean filesHold(byte[] bytes) throws IOException {
        String sought = new String(bytes, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(sought)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        vault.close();
        store.close();
    }

    private final class RecordingLedger implements Ledger {
        @Override
        public LedgerEntry append(LedgerEvent event) throws IOException {
            if (ledgerFails) {
                throw new IOException("the disk is full");
            }
            recorded.add(event);
            return new LedgerEntry(recorded.size() - 1, CLOCK.instant(), event, "");
        }

        @Override
        public CompletableFuture<LedgerEntry> appendAsync(LedgerEvent event) {
            return held.thenCompose(released -> Ledger.super.appendAsync(event));
        }

        @Override
        public long size() {
            return recorded.size();
        }

        @Override
        public List<LedgerEntry> entries(long from, int limit) {
            return List.of();
        }

        @Override
        public Checkpoint checkpoint() {
            throw new UnsupportedOperationException("a list has no checkpoint");
        }
    }
}
