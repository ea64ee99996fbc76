package io.gatehouse.benchmarks;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.scan.CodeScanner;
import io.gatehouse.devices.scan.ScannerOptions;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.SimulatedScanner;
import io.gatehouse.devices.sim.SimulatedWiegandReader;
import io.gatehouse.devices.wiegand.CardFormats;
import io.gatehouse.devices.wiegand.WiegandReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a scanner, or of a card reader, to the answer of a relay board, over links in memory and without a decision
 * in between: what ports, parsers, threads and Modbus cost when the wire costs nothing. The bytes pass four threads' hands:
 * the device's, the reader's, the board's, the reader's again and back. {@link #bareHandOver} is the peer: the same bytes
 * through the same hands by plain queues, with nothing done to them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class PortBenchmark {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] CODE = ("GH1:" + "2Q8F5".repeat(40) + "\r").getBytes(StandardCharsets.US_ASCII);

    private final BlockingQueue<Actuation> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> toReader = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> toBoard = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> fromBoard = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> handedBack = new LinkedBlockingQueue<>();

    private SimulatedRelayBoard board;
    private Link bus;
    private SimulatedScanner scanner;
    private CodeScanner scanning;
    private SimulatedWiegandReader hand;
    private WiegandReader reading;
    private Thread bareReader;
    private Thread bareBoard;

    @Setup
    public void open() throws IOException {
        Links links = Links.create();
        board = SimulatedRelayBoard.open(links.open("mem:bus"), 1, 2, InstantSource.system());
        bus = links.open("mem:bus");
        // No silence: in memory nobody else is on the wire, and at a gate it is over long before the next person comes.
        RelayBoard relays = RelayBoard.create(ModbusMaster.create(bus, new ModbusOptions(LONG, Duration.ZERO)), 1, 2);
        scanner = SimulatedScanner.on(links.open("mem:scanner"));
        scanning = CodeScanner.builder(links.open("mem:scanner"), "desk")
                .options(ScannerOptions.standard().withRepeats(Duration.ZERO).withIdleGap(LONG))
                .onReading(reading -> answers.add(relays.set(0, true)))
                .open();
        hand = SimulatedWiegandReader.on(links.open("mem:reader"));
        reading = WiegandReader.builder(links.open("mem:reader"), CardFormats.H10301, "front")
                .idleGap(LONG)
                .onReading(card -> answers.add(relays.set(1, true)))
                .open();
        bareReader = start(() -> {
            while (true) {
                toBoard.add(toReader.take());
                handedBack.add(fromBoard.take());
            }
        });
        bareBoard = start(() -> {
            while (true) {
                fromBoard.add(toBoard.take());
            }
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @TearDown
    public void close() {
        scanning.close();
        scanner.close();
        reading.close();
        hand.close();
        bus.close();
        board.close();
        bareReader.interrupt();
        bareBoard.interrupt();
    }

    @Benchmark
    public Actuation scanToRelay() throws IOException, InterruptedException {
        scanner.send(CODE);
        return done(answers.take());
    }

    @Benchmark
    public Actuation cardToRelay() throws IOException, InterruptedException {
        hand.present(CardFormats.H10301, 123, 4567);
        return done(answers.take());
    }

    @Benchmark
    public byte[] bareHandOver() throws InterruptedException {
        toReader.add(CODE);
        return handedBack.take();
    }

    /** Anything but a relay that switched is not what is measured. */
    private static Actuation done(Actuation answer) {
        if (!answer.isDone()) {
            throw new IllegalStateException("the relay did not switch: " + answer);
        }
        return answer;
    }
}
