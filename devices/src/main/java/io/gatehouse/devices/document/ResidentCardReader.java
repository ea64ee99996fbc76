package io.gatehouse.devices.document;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.link.Bus;
import io.gatehouse.devices.link.BusOptions;
import io.gatehouse.devices.link.BusTurn;
import io.gatehouse.devices.link.Link;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A reader of Chinese resident cards on a link (usually 115200 baud), asked when somebody is at the desk: find, select, read. The
 * picture that it also sends is compressed by a method that is not public, and is not looked at. Owns its link. Thread-safe: one
 * question at a time.
 */
public final class ResidentCardReader implements AutoCloseable {
    private static final byte[] FIND = {0x20, 0x01};
    private static final byte[] SELECT = {0x20, 0x02};
    private static final byte[] READ = {0x30, 0x01};
    private static final int FOUND = 0x9F;
    private static final int NOT_FOUND = 0x80;
    private static final int DONE = 0x90;
    private static final int NOT_SELECTED = 0x81;
    private static final int NOT_READ = 0x41;
    private static final int STATUS = 3;

    private final Link link;
    private final Bus bus;
    private final Duration patience;

    private ResidentCardReader(Link link, Duration patience) {
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("an answer is waited for at least 1 ms, not " + patience);
        }
        this.link = Objects.requireNonNull(link, "link");
        this.bus = Bus.create(link, BusOptions.DEFAULT);
        this.patience = patience;
    }

    /** @param patience how long to wait for the next bytes of an answer; readers need up to a second or so */
    public static ResidentCardReader on(Link link, Duration patience) {
        return new ResidentCardReader(link, patience);
    }

    /**
     * Reads the card that lies there.
     *
     * @throws IOException if the link is closed or lost
     */
    public DocumentReading read() throws IOException {
        return bus.turn(patience, this::read)
                .orElseGet(() -> new DocumentReading.Unreadable(
                        Reason.of("document.busy", "The reader is being asked already: wait for its answer.")));
    }

    private DocumentReading read(BusTurn turn) throws IOException {
        Answer found = ask(turn, FIND);
        if (found.isStatus(NOT_FOUND)) {
            return new DocumentReading.Nothing();
        }
        if (!found.isStatus(FOUND)) {
            return found.unreadable();
        }
        Answer selected = ask(turn, SELECT);
        if (!selected.isStatus(DONE)) {
            return selected.unreadable();
        }
        Answer read = ask(turn, READ);
        return read.isStatus(DONE) ? card(read.data) : read.unreadable();
    }

    private static DocumentReading card(byte[] data) {
        int header = 2 * Short.BYTES;
        int text = data.length < header ? 0 : ByteBuffer.wrap(data).getShort() & 0xFFFF;
        if (text != ResidentCardCodec.BYTES || data.length < header + text) {
            return Answer.GARBLED.unreadable();
        }
        return ResidentCardCodec.decode(Arrays.copyOfRange(data, header, header + text))
                .<DocumentReading>map(DocumentReading.Read::new)
                .orElseGet(() -> new DocumentReading.Unreadable(layOnAgain()));
    }

    private static Reason layOnAgain() {
        return Reason.of("document.card", "The card could not be read: take it off and lay it on again.");
    }

    private Answer ask(BusTurn turn, byte[] command) throws IOException {
        // What is left of an earlier answer is no answer to this.
        while (turn.read(Duration.ZERO).length > 0) {}
        turn.write(new SdtFrame(command).toBytes());
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        while (true) {
            byte[] bytes = turn.read(patience);
            received.writeBytes(bytes);
            byte[] all = received.toByteArray();
            if (bytes.length == 0 || SdtFrame.progress(all) != SdtFrame.Progress.MORE) {
                return answer(all);
            }
        }
    }

    private static Answer answer(byte[] bytes) {
        if (bytes.length == 0) {
            return Answer.NONE;
        }
        Optional<SdtFrame> frame = SdtFrame.parse(bytes);
        byte[] body = frame.map(SdtFrame::body).orElse(new byte[0]);
        if (body.length < STATUS || body[0] != 0 || body[1] != 0) {
            return Answer.GARBLED;
        }
        return new Answer(body[2] & 0xFF, Arrays.copyOfRange(body, STATUS, body.length));
    }

    @Override
    public void close() {
        link.close();
    }

    /** An answer's status and data; negative if there is no status. */
    private static final class Answer {
        static final Answer NONE = new Answer(-1, new byte[0]);
        static final Answer GARBLED = new Answer(-2, new byte[0]);

        private final int status;
        private final byte[] data;

        Answer(int status, byte[] data) {
            this.status = status;
            this.data = data;
        }

        boolean isStatus(int other) {
            return status == other;
        }

        DocumentReading unreadable() {
            return new DocumentReading.Unreadable(reason());
        }

        private Reason reason() {
            return switch (status) {
                case -1 ->
                    Reason.of(
                            "document.no-answer",
                            "The reader does not answer: check that it is on and which port it is at.");
                case -2 ->
                    Reason.of("document.garbled", "The reader's answer was damaged: try again, then check the cable.");
                case NOT_SELECTED, NOT_READ -> layOnAgain();
                default -> Reason.format("document.status", "The reader refused with status %02X: try again.", status);
            };
        }
    }
}
