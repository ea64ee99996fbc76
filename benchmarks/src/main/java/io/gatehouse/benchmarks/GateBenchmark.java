package io.gatehouse.benchmarks;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole presentation at a gate, from evidence to the door's recorded answer, with 1,000 people, a store on disk and a
 * door in memory. With the ledger {@code volatile} nothing but single-use passes touches the disk: the difference is what
 * two durable entries cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class GateBenchmark {
    private static final int PEOPLE = 1_000;

    @Param({"durable", "volatile"})
    private String ledger;

    private Workplace workplace;
    private Premises premises;
    private Gate gate;
    private CardEvidence card;
    private CodeEvidence code;

    @Setup
    public void open() throws IOException {
        workplace = Workplace.make();
        premises = Premises.open(workplace.folder(), PEOPLE);
        gate = premises.gate(ledger.equals("durable") ? premises.ledger() : new VolatileLedger(), new MemoryDoor())
                .build();
        card = premises.card(1);
        code = premises.code(2);
    }

    @TearDown
    public void close() throws IOException {
        premises.close();
        workplace.close();
    }

    @Benchmark
    public Passage card() {
        return opened(card);
    }

    @Benchmark
    public Passage code() {
        return opened(code);
    }

    /** Reserved before the door moves and confirmed after it: two more commits. */
    @Benchmark
    public Passage singleUseCode(FreshPass fresh) {
        return opened(fresh.evidence);
    }

    /** Anything but an opened door is another way through the gate, which is not measured. */
    private Passage opened(Evidence evidence) {
        Passage passage = gate.present(evidence);
        if (!passage.isOpened()) {
            throw new IllegalStateException("the door stayed shut: " + passage);
        }
        return passage;
    }

    /** A pass that was not shown yet. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
    public static class FreshPass {
        private CodeEvidence evidence;

        @Setup(Level.Invocation)
        public void issue(GateBenchmark benchmark) {
            evidence = benchmark.premises.singleUseCode(3);
        }
    }
}
