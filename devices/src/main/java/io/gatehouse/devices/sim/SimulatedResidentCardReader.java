package io.gatehouse.devices.sim;

import io.gatehouse.devices.document.SdtFrame;
import io.gatehouse.devices.link.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A reader of resident cards at the other end of a link: answers find, select and read with the card that lies on it, as long as
 * the link is open. Owns its link. Thread-safe.
 */
public final class SimulatedResidentCardReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SimulatedResidentCardReader.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    private static final int FIND = 0x2001;
    private static final int SELECT = 0x2002;
    private static final int READ = 0x3001;
    private static final int PICTURE_BYTES = 1_024;

    private final Link link;
    private volatile Optional<byte[]> text = Optional.empty();
    private volatile int refusal;

    private SimulatedResidentCardReader(Link link) {
        this.link = Objects.requireNonNull(link, "link");
    }

    /** Starts answering. */
    public static SimulatedResidentCardReader on(Link link) {
        SimulatedResidentCardReader reader = new SimulatedResidentCardReader(link);
        Thread thread = new Thread(reader::run, "gatehouse-simulated " + link.url());
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    /** Somebody lays on a card with these 256 bytes of text. */
    public void layOn(byte[] cardText) {
        text = Optional.of(cardText.clone());
    }

    public void takeOff() {
        text = Optional.empty();
    }

    /** From now on reading ends with this status (such as 41); 0 ends it. */
    public void refuseToRead(int status) {
        refusal = status;
    }

    private void run() {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            while (true) {
                byte[] bytes = link.read(TICK);
                received.writeBytes(bytes);
                Optional<SdtFrame> asked = SdtFrame.parse(received.toByteArray());
                if (asked.isPresent()) {
                    link.write(new SdtFrame(answer(asked.get().body())).toBytes());
                }
                if (asked.isPresent() || bytes.length == 0) {
                    received.reset();
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the simulated reader of {0} ends", link.url());
        }
    }

    private byte[] answer(byte[] asked) {
        int command = asked.length < 2 ? 0 : (asked[0] & 0xFF) << 8 | (asked[1] & 0xFF);
        return switch (command) {
            case FIND -> text.isPresent() ? status(0x9F, new byte[4]) : status(0x80, new byte[0]);
            case SELECT -> text.isPresent() ? status(0x90, new byte[8]) : status(0x81, new byte[0]);
            case READ ->
                refusal == 0
                        ? text.map(this::card).orElseGet(() -> status(0x41, new byte[0]))
                        : status(refusal, new byte[0]);
            default -> status(0x21, new byte[0]);
        };
    }

    private byte[] card(byte[] cardText) {
        byte[] data = new byte[4 + cardText.length + PICTURE_BYTES];
        data[0] = (byte) (cardText.length >>> 8);
        data[1] = (byte) cardText.length;
        data[2] = (byte) (PICTURE_BYTES >>> 8);
        System.arraycopy(cardText, 0, data, 4, cardText.length);
        return status(0x90, data);
    }

    private static byte[] status(int last, byte[] data) {
        byte[] body = Arrays.copyOf(new byte[] {0, 0, (byte) last}, 3 + data.length);
        System.arraycopy(data, 0, body, 3, data.length);
        return body;
    }

    @Override
    public void close() {
        link.close();
    }
}
