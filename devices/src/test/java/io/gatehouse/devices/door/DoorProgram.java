package io.gatehouse.devices.door;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.RelayBoard;
import io.gatehouse.devices.relay.TimedRelayBoard;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Builds a door behind the board at {@code <url> <plain|timed> <seconds>}, says {@code locked}, opens it for so long, says
 * {@code open} and goes on until it is killed. With zero seconds it opens nothing.
 */
final class DoorProgram {
    private DoorProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (Link link = Links.create().open(arguments[0]);
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            ModbusMaster master = ModbusMaster.create(link, new ModbusOptions(Duration.ofSeconds(30), Duration.ZERO));
            Relay relay = arguments[1].equals("timed")
                    ? TimedRelayBoard.create(master, 1, 1).relay(0)
                    : RelayBoard.create(master, 1, 1).relay(0);
            int seconds = Integer.parseInt(arguments[2]);
            Door door = Door.builder(
                            PortalId.of("front"),
                            relay,
                            Egress.PLAIN_HANDLE,
                            Executors.newSingleThreadScheduledExecutor())
                    .options(DoorOptions.standard().withUnlockTime(Duration.ofSeconds(Math.max(1, seconds))))
                    .build();
            say(out, door.state() instanceof DoorState.Locked ? "locked" : door.toString());
            if (seconds > 0) {
                say(out, door.open().isDone() ? "open" : door.toString());
            }
            new CountDownLatch(1).await();
        }
    }

    private static void say(FileOutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Process start(Path folder, String url, String kind, int seconds) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoorProgram.class.getName(),
                        url,
                        kind,
                        Integer.toString(seconds)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }
}
