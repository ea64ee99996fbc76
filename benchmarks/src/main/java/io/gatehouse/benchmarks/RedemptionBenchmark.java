package io.gatehouse.benchmarks;

import io.gatehouse.codes.redeem.JdbcRedemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Consuming a pass, that is a durable reservation and a durable confirmation, beside a plain row of the same columns that is
 * inserted and updated in the same store, in two transactions too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class RedemptionBenchmark {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final PortalId NORTH = PortalId.of("north");
    private static final List<String> PLAIN = List.of("""
            CREATE TABLE plain_use (
                use_key TEXT PRIMARY KEY,
                state TEXT NOT NULL,
                portal TEXT NOT NULL,
                at_millis BIGINT NOT NULL,
                expires_at_millis BIGINT NOT NULL
            );
            """);

    private final AtomicLong next = new AtomicLong();
    private Workplace workplace;
    private Store store;
    private JdbcRedemptions redemptions;

    @Setup
    public void open() throws IOException {
        workplace = Workplace.make();
        store = Stores.open(workplace.folder().resolve("redemptions.db"));
        redemptions = JdbcRedemptions.create(store);
        store.migrate("benchmarks.plain", PLAIN);
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        workplace.close();
    }

    @Benchmark
    public RedemptionKey consume() throws IOException {
        RedemptionKey key = new RedemptionKey(Long.toHexString(next.incrementAndGet()), NOON.plusSeconds(3_600));
        if (redemptions.reserve(key, NORTH, NOON).isPresent()) {
            throw new IllegalStateException("a new key is taken");
        }
        redemptions.confirm(key, NORTH, NOON);
        return key;
    }

    /** The peer: the same two commits without any condition. */
    @Benchmark
    public int plainInsertAndUpdate() throws IOException {
        String key = Long.toHexString(next.incrementAndGet());
        store.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO plain_use VALUES (?, ?, ?, ?, ?)")) {
                insert.setString(1, key);
                insert.setString(2, "RESERVED");
                insert.setString(3, NORTH.value());
                insert.setLong(4, NOON.toEpochMilli());
                insert.setLong(5, NOON.toEpochMilli());
                return insert.executeUpdate();
            }
        });
        return store.write(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE plain_use SET state = 'USED' WHERE use_key = ?")) {
                update.setString(1, key);
                return update.executeUpdate();
            }
        });
    }
}
