package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.search.IndexOptions;
import io.gatehouse.biometrics.gallery.search.VectorIndex;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.protect.TemplateProtector;
import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.LawfulBasis;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import io.gatehouse.core.vault.Vault.OpenedRow;
import io.gatehouse.core.vault.Vault.SealedRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Measures the start of a gallery: {@code GalleryStartSpeed <directory> <people> [rounds]}. Fills it up to so many
 * people first, each with a key of their own and one reference of the shipped pack's size, in a SQLite store. Says what
 * a start takes and how much memory the gallery has then, and what the stages take by themselves on one thread. A program,
 * not a test: its figures depend on the machine.
 */
final class GalleryStartSpeed {
    private static final ModelPack PACK = ModelPack.loadDefault();
    private static final int DIMENSION = PACK.requireEmbedder().dimension();
    private static final int SLICE = 5_000;
    private static final int SAMPLE = 100_000;

    private GalleryStartSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        int people = Integer.parseInt(arguments[1]);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(directory.resolve("vault.key"));
        try (Store store = Stores.open(directory.resolve("gatehouse.db"));
                StoreVault vault = StoreVault.open(store, outer, Clock.systemUTC())) {
            fill(store, vault, people);
            for (int round = 0; round < rounds; round++) {
                start(store, vault, people);
            }
            stages(store, vault);
        }
    }

    private static GalleryBuilder builder(Store store, StoreVault vault) {
        return Gallery.builder(Purpose.ACCESS, PACK)
                .store(store)
                .vault(vault)
                .lawfulBasis((person, purpose, dataClass) -> LawfulBasis.Answer.lawful());
    }

    private static void fill(Store store, StoreVault vault, int people) throws IOException {
        builder(store, vault).open().close();
        int from = store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM gallery_reference");
                    ResultSet result = query.executeQuery()) {
                return result.next() ? result.getInt(1) : 0;
            }
        });
        Random random = new Random(from);
        for (int at = from; at < people; at += SLICE) {
            List<PersonId> slice = IntStream.range(at, Math.min(at + SLICE, people))
                    .mapToObj(number -> PersonId.of(String.format("p-%08d", number)))
                    .toList();
            insert(store, vault, slice, random);
            if (at % 100_000 < SLICE) {
                System.out.println("filled " + at);
            }
        }
        store.scrub();
    }

    private record Sealed(Owner owner, byte[] reference) {}

    private static void insert(Store store, StoreVault vault, List<PersonId> people, Random random) throws IOException {
        TemplateProtector protector =
                TemplateProtector.of(RotationKey.of(store, vault, Purpose.ACCESS, new SecureRandom()), DIMENSION);
        ReferenceCodec codec = new ReferenceCodec(Purpose.ACCESS, PACK.id(), DIMENSION);
        List<Sealed> rows = new ArrayList<>();
        for (PersonId person : people) {
            byte[] sealed =
                    vault.seal(person, DataClass.FACE_TEMPLATE, codec.encoded(protector.protect(vector(random))));
            rows.add(new Sealed(Owner.of(vault, person, Purpose.ACCESS.value()), sealed));
        }
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO gallery_reference (id, purpose,"
                    + " person, sealed_person, pack, sealed, enrolled_at_millis) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                for (Sealed row : rows) {
                    insert.setString(1, UUID.randomUUID().toString());
                    insert.setString(2, Purpose.ACCESS.value());
                    insert.setString(3, row.owner().pseudonym());
                    insert.setBytes(4, row.owner().sealed());
                    insert.setString(5, PACK.id());
                    insert.setBytes(6, row.reference());
                    insert.setLong(7, System.currentTimeMillis());
                    insert.executeUpdate();
                }
                return rows.size();
            }
        });
    }

    /** Crowded round a direction, as the pack's are: a common part and a smaller one of one's own. */
    private static float[] vector(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (0.11 + 0.05 * random.nextGaussian());
        }
        return vector;
    }

    private static void start(Store store, StoreVault vault, int people) throws IOException {
        long before = usedHeap();
        long begin = System.nanoTime();
        int[] calls = {0};
        try (Gallery gallery = builder(store, vault)
                .loadListener((loaded, total) -> calls[0]++)
                .open()) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            long used = usedHeap() - before;
            Template probe = Template.of(PACK.id(), vector(new Random(0)));
            boolean isFound =
                    gallery.identify(Purpose.ACCESS, probe, SearchOptions.DEFAULT) instanceof SearchResult.Known known
                            && known.person().equals(PersonId.of("p-00000000"));
            long raw = (long) people * DIMENSION * Float.BYTES;
            System.out.printf(
                    "start: %,d references in %.2f s (%d reports); heap after it %,d bytes, %.3f of the vectors' %,d; load"
                            + " %.1f; found the probe: %s%n",
                    gallery.size(),
                    seconds,
                    calls[0],
                    used,
                    (double) used / raw,
                    raw,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    isFound);
        }
    }

    /** What each stage takes on one thread, of a sample: a start has them side by side on all processors. */
    private static void stages(Store store, StoreVault vault) throws IOException {
        for (int round = 0; round < 3; round++) {
            long begin = cpu();
            List<SealedRow> rows = store.read(connection -> rows(connection.prepareStatement(
                    "SELECT id, person, sealed_person, sealed, enrolled_at_millis FROM gallery_reference"
                            + " WHERE purpose || '' = 'access' LIMIT " + SAMPLE)));
            double read = micros(begin, rows.size());
            begin = cpu();
            List<OpenedRow> opened = new ArrayList<>();
            for (int from = 0; from < rows.size(); from += 4_096) {
                vault
                        .openRows(DataClass.FACE_TEMPLATE, rows.subList(from, Math.min(from + 4_096, rows.size())))
                        .stream()
                        .flatMap(Optional::stream)
                        .forEach(opened::add);
            }
            double open = micros(begin, rows.size());
            begin = cpu();
            ReferenceCodec codec = new ReferenceCodec(Purpose.ACCESS, PACK.id(), DIMENSION);
            VectorIndex index = VectorIndex.create(IndexOptions.of(DIMENSION));
            for (int i = 0; i < opened.size(); i++) {
                index.add(i, codec.decoded(opened.get(i).data().get(0), "sample"));
            }
            double decode = micros(begin, rows.size());
            System.out.printf(
                    "stages, µs of one processor a reference: read %.2f, keys and opening %.2f, decoding and index %.2f%n",
                    read, open, decode);
        }
    }

    private static double micros(long begin, int references) {
        return (cpu() - begin) / 1e3 / references;
    }

    /** The processor's time, which others on the machine disturb less. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<SealedRow> rows(PreparedStatement query) throws SQLException {
        try (query;
                ResultSet result = query.executeQuery()) {
            List<SealedRow> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(new SealedRow(
                        Owner.context(result.getString(2)), result.getBytes(3), List.of(result.getBytes(4))));
            }
            return rows;
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
