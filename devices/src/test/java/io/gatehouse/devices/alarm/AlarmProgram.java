package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Raises a fire at the latch {@code <file>} for each line {@code fire}, ends it for each {@code calm}, and says when that lasts. */
final class AlarmProgram {
    private AlarmProgram() {}

    public static void main(String[] arguments) throws Exception {
        EmergencyPlan plan = EmergencyPlan.builder(Runnable::run)
                .latch(AlarmLatch.file(Path.of(arguments[0])))
                .door("front", cause -> new Actuation.Done(), guard -> new Actuation.Done())
                .build();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String wanted = in.readLine(); wanted != null; wanted = in.readLine()) {
                AlarmReport report =
                        wanted.equals("fire") ? plan.fire("smoke") : plan.resetFire(PersonId.of("guard-1"));
                say(out, report.durable() ? wanted : "not durable");
            }
        }
    }

    private static void say(FileOutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    static Process start(Path latch) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AlarmProgram.class.getName(),
                        latch.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        latch.resolveSibling("errors").toFile()))
                .start();
    }
}
