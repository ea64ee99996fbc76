package io.gatehouse.core.outbox;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A gate and, if it is told so, its server in one program, until it is killed or has taken so many events:
 * {@code <directory> <first event> <events> <deliver>}. Says on its standard output which events the outbox took, a line
 * each.
 */
final class OutboxProgram {
    private OutboxProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        int events = Integer.parseInt(arguments[2]);
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        try (GateSide gate = GateSide.open(directory.resolve("gate"), "north")) {
            if (!Boolean.parseBoolean(arguments[3])) {
                take(gate, first, events);
                return;
            }
            try (ServerSide server = ServerSide.open(directory.resolve("server"), new TestClock(GateSide.NOW));
                    OutboxCourier courier = OutboxCourier.start(
                            gate.outbox(),
                            losing(server.receiver()),
                            threads,
                            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)))) {
                take(gate, first, events);
                courier.deliverNow();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Some answers are lost, so that batches are on their way again when the program dies. */
    private static OutboxReceiver losing(OutboxReceiver receiver) {
        Random random = new Random(7);
        return batch -> {
            OutboxReceipt receipt = receiver.receive(batch);
            if (random.nextInt(4) == 0) {
                throw new IOException("the answer is lost");
            }
            return receipt;
        };
    }

    private static void take(GateSide gate, int first, int events) throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (int number = first; number - first < events; number++) {
                gate.outbox().take(GateSide.event(number));
                // One write, so that a line is there whole or not at all.
                out.write(("taken " + number + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Starts it in a Java of its own. */
    static Process start(Path directory, List<String> before, int first, int events, boolean deliver)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(OutboxProgram.class.getName());
        command.addAll(List.of(
                directory.toString(), Integer.toString(first), Integer.toString(events), Boolean.toString(deliver)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("errors").toFile()))
                .start();
    }
}
