package io.gatehouse.devices.scan;

import io.gatehouse.devices.reader.StreamParser;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream into codes by {@link ScanFraming}. A code over the cap is said once and skipped up to its end, so that junk
 * takes no memory and the next code is read.
 */
final class FramedProtocol implements StreamParser<Frame> {
    private static final byte STX = 2;
    private static final byte ETX = 3;

    private final ScanFraming framing;
    private final int maxLength;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private boolean overlong;
    private boolean carriageReturn;
    /** With STX and ETX: between them. */
    private boolean inside;

    FramedProtocol(ScanFraming framing, int maxLength) {
        this.framing = framing;
        this.maxLength = maxLength;
    }

    @Override
    public List<Frame> feed(byte[] bytes) {
        List<Frame> frames = new ArrayList<>();
        for (byte each : bytes) {
            switch (framing) {
                case CR -> take(each, each == '\r', frames);
                case LF -> take(each, each == '\n', frames);
                case CRLF -> crlf(each, frames);
                case STX_ETX -> stxEtx(each, frames);
                case IDLE_GAP -> append(each);
            }
        }
        return frames;
    }

    private void take(byte each, boolean isEnd, List<Frame> frames) {
        if (isEnd) {
            end(frames);
        } else {
            append(each);
        }
    }

    private void crlf(byte each, List<Frame> frames) {
        if (carriageReturn && each == '\n') {
            carriageReturn = false;
            end(frames);
            return;
        }
        if (carriageReturn) {
            append((byte) '\r');
        }
        carriageReturn = each == '\r';
        if (!carriageReturn) {
            append(each);
        }
    }

    private void stxEtx(byte each, List<Frame> frames) {
        if (each == STX) {
            if (inside) {
                cut(frames);
            }
            inside = true;
        } else if (each == ETX && inside) {
            inside = false;
            end(frames);
        } else if (inside) {
            append(each);
        }
    }

    private void append(byte each) {
        if (code.size() < maxLength) {
            code.write(each);
        } else {
            overlong = true;
        }
    }

    private void end(List<Frame> frames) {
        if (overlong) {
            frames.add(Frame.wrong(
                    "scan.too-long", "The scanner sent a code of more than %d bytes: show your pass.", maxLength));
        } else if (code.size() > 0) {
            frames.add(Frame.of(code.toByteArray()));
        }
        forget();
    }

    /** What was begun is given up, so that it does not spoil the next code; or it is one. */
    @Override
    public List<Frame> idle() {
        if (framing != ScanFraming.IDLE_GAP) {
            return cut();
        }
        List<Frame> frames = new ArrayList<>();
        end(frames);
        return frames;
    }

    @Override
    public List<Frame> cut() {
        List<Frame> frames = new ArrayList<>();
        cut(frames);
        inside = false;
        return frames;
    }

    private void cut(List<Frame> frames) {
        if (overlong) {
            end(frames);
        } else if (code.size() > 0 || inside || carriageReturn) {
            frames.add(Frame.wrong("scan.cut", "The scanner stopped in the middle of a code: show it again."));
        }
        forget();
    }

    private void forget() {
        code.reset();
        overlong = false;
        carriageReturn = false;
    }
}
