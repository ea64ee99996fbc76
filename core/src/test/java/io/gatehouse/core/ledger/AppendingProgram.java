package io.gatehouse.core.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Appends events until it is killed or has appended so many, and says on its standard output which are durable, a line
 * each: {@code <directory> <threads that wait> <events to pipeline at once> <events> [<URL of the database>]}.
 */
final class AppendingProgram {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private AppendingProgram() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        int pipelined = Integer.parseInt(arguments[2]);
        int events = Integer.parseInt(arguments[3]);
        Path directory = Path.of(arguments[0]);
        try (LedgerHouse house =
                        arguments.length > 4 ? LedgerHouse.open(directory, arguments[4]) : LedgerHouse.open(directory);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(new Thread(() -> {
                    while (NUMBER.get() < events) {
                        append(house, out);
                    }
                }));
            }
            running.forEach(Thread::start);
            while (pipelined > 0 && NUMBER.get() < events) {
                for (int i = 0; i < pipelined; i++) {
                    var unused = house.ledger()
                            .appendAsync(LedgerHouse.event(NUMBER.getAndIncrement()))
                            .thenAccept(entry -> say(out, entry));
                }
                house.ledger().checkpoint();
            }
            for (Thread each : running) {
                each.join();
            }
        }
    }

    private static void append(LedgerHouse house, FileOutputStream out) {
        try {
            say(out, house.ledger().append(LedgerHouse.event(NUMBER.getAndIncrement())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One write, so that a line is there whole or not at all. */
    private static void say(FileOutputStream out, LedgerEntry entry) {
        String line = "durable " + entry.index() + " " + entry.event().id() + "\n";
        try {
            out.write(line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it in a Java of its own. */
    static Process start(Path directory, List<String> before, String... arguments) throws IOException {
        return start(AppendingProgram.class, directory, before, arguments);
    }

    /** Starts a program with a directory as its first argument. */
    static Process start(Class<?> program, Path directory, List<String> before, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.add(directory.toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("errors").toFile()))
                .start();
    }

    /** What it said before can still be read: {@link Process#destroyForcibly} would close that. */
    static void kill(Process process) throws InterruptedException {
        if (!process.toHandle().destroyForcibly()) {
            throw new IllegalStateException("the program cannot be killed");
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program does not die");
        }
    }
}
