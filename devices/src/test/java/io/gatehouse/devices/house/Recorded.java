package io.gatehouse.devices.house;

import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.sim.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The recorded sessions among the tests' resources; each says in its first lines what it was recorded from. */
public final class Recorded {
    private Recorded() {}

    public static Session session(String name) {
        try (InputStream in = Session.class.getResourceAsStream(name + ".session")) {
            if (in == null) {
                throw new AssertionError("there is no recorded session " + name);
            }
            return Session.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What went one way, entry by entry. */
    public static List<byte[]> frames(String name, TapEntry.Way way) {
        return session(name).entries().stream()
                .filter(entry -> entry.way() == way)
                .map(TapEntry::bytes)
                .collect(Collectors.toList());
    }
}
