package io.gatehouse.devices.scan;

import io.gatehouse.devices.reader.StreamParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's side of SSI: every packet is acknowledged, or asked for again where its checksum is wrong; a packet that comes again
 * because the acknowledgement was lost is acknowledged and is no second code; a code may go over several packets. What comes
 * between packets is lost with what it spoils: after a pause the next byte begins a packet.
 */
final class SsiProtocol implements StreamParser<Frame> {
    private final Answer answer;
    private final int maxLength;
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private byte @Nullable [] lastBody;
    private boolean overlong;

    /** Sends bytes to the scanner. */
    interface Answer {
        void send(byte[] bytes) throws IOException;
    }

    SsiProtocol(Answer answer, int maxLength) {
        this.answer = answer;
        this.maxLength = maxLength;
    }

    @Override
    public List<Frame> feed(byte[] bytes) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (byte each : bytes) {
            packet.write(each);
            byte[] begun = packet.toByteArray();
            if (begun.length == SsiPacket.length(begun[0])) {
                packet.reset();
                whole(begun, frames);
            }
        }
        return frames;
    }

    private void whole(byte[] bytes, List<Frame> frames) throws IOException {
        SsiPacket parsed = SsiPacket.parse(bytes).orElse(null);
        if (parsed == null || parsed.sender() == SsiPacket.Sender.HOST) {
            answer.send(SsiPacket.ofHost(SsiPacket.NAK, SsiPacket.RESEND).toBytes());
            return;
        }
        if (parsed.opcode() == SsiPacket.ACK || parsed.opcode() == SsiPacket.NAK) {
            return;
        }
        answer.send(SsiPacket.ofHost(SsiPacket.ACK).toBytes());
        byte[] body = parsed.data();
        boolean isKnown = parsed.isRetransmitted() && Arrays.equals(body, lastBody);
        lastBody = body;
        if (parsed.opcode() == SsiPacket.DECODE_DATA && !isKnown) {
            take(parsed, body, frames);
        }
    }

    private void take(SsiPacket parsed, byte[] body, List<Frame> frames) {
        // The first byte is the symbology by Zebra's own numbers.
        int bytes = Math.max(0, body.length - 1);
        if (code.size() + bytes > maxLength) {
            overlong = true;
        } else if (bytes > 0) {
            code.write(body, 1, bytes);
        }
        if (parsed.isContinued()) {
            return;
        }
        if (overlong) {
            frames.add(Frame.wrong(
                    "scan.too-long", "The scanner sent a code of more than %d bytes: show your pass.", maxLength));
        } else if (code.size() > 0) {
            frames.add(Frame.of(code.toByteArray()));
        }
        forget();
    }

    @Override
    public List<Frame> idle() throws IOException {
        if (packet.size() > 0) {
            packet.reset();
            answer.send(SsiPacket.ofHost(SsiPacket.NAK, SsiPacket.RESEND).toBytes());
        }
        return List.of();
    }

    /** A code of several packets is never put together over a loss. */
    @Override
    public List<Frame> cut() {
        boolean isBegun = code.size() > 0 || overlong;
        if (isBegun) {
            // Its first packets are wanted again. What was whole and comes again is still known.
            lastBody = null;
        }
        boolean isCut = isBegun || packet.size() > 0;
        packet.reset();
        forget();
        return isCut
                ? List.of(Frame.wrong("scan.cut", "The scanner stopped in the middle of a code: show it again."))
                : List.of();
    }

    private void forget() {
        code.reset();
        overlong = false;
    }
}
