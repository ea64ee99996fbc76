package io.gatehouse.benchmarks;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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
 * Durable entries of a gate's decisions, sealed and hashed, beside rows of the same size that JDBC writes to another file
 * of the same disk; with one thread and with eight.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class LedgerBenchmark {
    private static final int PEOPLE = 100;

    private Workplace workplace;
    private Premises premises;
    private PlainWriter plain;

    /** Each person's key is made with their first entry, so that no measured append makes one. */
    @Setup
    public void open() throws IOException, SQLException {
        workplace = Workplace.make();
        premises = Premises.open(workplace.folder(), PEOPLE);
        for (int person = 0; person < PEOPLE; person++) {
            premises.ledger().append(event(person));
        }
        plain = PlainWriter.like(premises.store(), workplace.folder().resolve("plain.db"));
    }

    @TearDown
    public void close() throws IOException, SQLException {
        plain.close();
        premises.close();
        workplace.close();
    }

    @Benchmark
    @Threads(1)
    public LedgerEntry append1() throws IOException {
        return append();
    }

    @Benchmark
    @Threads(8)
    public LedgerEntry append8() throws IOException {
        return append();
    }

    /** The peer. */
    @Benchmark
    @Threads(1)
    public long plain1() throws SQLException {
        return plain.insert();
    }

    /** The peer, whose one connection the threads share, each row a transaction. */
    @Benchmark
    @Threads(8)
    public long plain8() throws SQLException {
        return plain.insert();
    }

    private LedgerEntry append() throws IOException {
        return premises.ledger().append(event(ThreadLocalRandom.current().nextInt(PEOPLE)));
    }

    /** As a gate records a granted decision. */
    private static LedgerEvent event(int person) {
        return LedgerEvent.builder(EventKind.DECISION, Instant.now())
                .portal(PortalId.of("front"))
                .person(Premises.person(person))
                .personalFact("score", "Infinity")
                .fact("direction", "entry")
                .fact("method", "card")
                .fact("decision", "granted")
                .fact("rules", "staff")
                .fact("obligations", "")
                .build();
    }
}
