package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.scan.SsiPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A scanner at the other end of a link: sends codes as they are, or in packets of SSI that it sends again until they are
 * acknowledged. Owns its link. For one thread.
 */
public final class SimulatedScanner implements AutoCloseable {
    private static final int MOST_SENDINGS = 3;
    private static final int DATA_A_PACKET = 200;
    private static final int CONTINUED = 2;
    private static final byte QR_CODE = (byte) 0xF1;

    private final Link link;

    private SimulatedScanner(Link link) {
        this.link = Objects.requireNonNull(link, "link");
    }

    public static SimulatedScanner on(Link link) {
        return new SimulatedScanner(link);
    }

    /** Bytes as they are: a code with whatever the framing puts round it, half of one, or junk. */
    public void send(byte[] bytes) throws IOException {
        link.write(bytes);
    }

    /**
     * A code in as many packets of SSI as it needs, each sent up to three times.
     *
     * @param patience how long each waits for its answer
     * @return whether all were acknowledged
     */
    public boolean presentBySsi(byte[] code, Duration patience) throws IOException {
        for (int from = 0; from < code.length; from += DATA_A_PACKET) {
            byte[] part = Arrays.copyOfRange(code, from, Math.min(code.length, from + DATA_A_PACKET));
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.write(QR_CODE);
            data.writeBytes(part);
            int status = from + DATA_A_PACKET < code.length ? CONTINUED : 0;
            SsiPacket packet =
                    new SsiPacket(SsiPacket.DECODE_DATA, SsiPacket.Sender.SCANNER, status, data.toByteArray());
            if (!send(packet, patience)) {
                return false;
            }
        }
        return true;
    }

    private boolean send(SsiPacket packet, Duration patience) throws IOException {
        for (int sending = 1; sending <= MOST_SENDINGS; sending++) {
            link.write((sending == 1 ? packet : packet.again()).toBytes());
            if (answer(patience).filter(it -> it.opcode() == SsiPacket.ACK).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The next packet of the host: an answer, or that it should look for a code. */
    public Optional<SsiPacket> answer(Duration patience) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        while (true) {
            byte[] bytes = link.read(patience);
            received.writeBytes(bytes);
            Optional<SsiPacket> packet = SsiPacket.parse(received.toByteArray());
            if (packet.isPresent() || bytes.length == 0) {
                return packet;
            }
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
