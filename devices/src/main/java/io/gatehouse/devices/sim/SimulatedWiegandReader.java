package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.wiegand.CardBits;
import io.gatehouse.devices.wiegand.CardFormat;
import io.gatehouse.devices.wiegand.WiegandLineCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A card reader with its converter on the other end of a link: sends a line for each card. Thread-safe; owns its link. */
public final class SimulatedWiegandReader implements AutoCloseable {
    private final Link link;

    private SimulatedWiegandReader(Link link) {
        this.link = Objects.requireNonNull(link, "link");
    }

    public static SimulatedWiegandReader on(Link link) {
        return new SimulatedWiegandReader(link);
    }

    /** Somebody holds a card to it. */
    public void present(CardFormat format, long facilityCode, long cardNumber) throws IOException {
        present(format.encode(facilityCode, cardNumber));
    }

    /** Any bits, for example with a wrong parity. */
    public void present(CardBits bits) throws IOException {
        send(WiegandLineCodec.encode(bits) + "\r\n");
    }

    /** Any text, for example half a line or junk. */
    public void send(String text) throws IOException {
        link.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        link.close();
    }
}
