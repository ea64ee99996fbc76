package io.gatehouse.devices.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * A serial port through jSerialComm. Its read timeouts are whole tenths of a second and its {@code isOpen} stays true
 * after an unplug, so a reader of our own takes bytes as they come, and looks whether the device is still there
 * whenever nothing came. The port is closed by whoever closes the link, after the reader has ended: closing it under a
 * read in progress can block.
 */
final class SerialLink extends QueuedLink {
    private static final Logger LOG = System.getLogger(SerialLink.class.getName());
    private static final int READ_MILLIS = 100;

    private final SerialPort port;
    private final Path device;
    private final Thread reader;
    private volatile boolean closing;

    private SerialLink(SerialSettings settings, SerialPort port) {
        super(settings.url());
        this.port = port;
        this.device = Path.of(settings.path());
        this.reader = startReader(this::readLoop);
    }

    static Link open(SerialSettings settings) throws LinkException {
        SerialPort port;
        try {
            port = SerialPort.getCommPort(settings.path());
        } catch (SerialPortInvalidPortException e) {
            throw new LinkException(
                    settings.url() + ": there is no device " + settings.path() + "; is it plugged in?", e);
        }
        port.setComPortParameters(
                settings.baud(), settings.dataBits(), stopBits(settings.stopBits()), parity(settings.parity()));
        port.setFlowControl(flow(settings.flow()));
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MILLIS, 0);
        if (!port.openPort(0)) {
            throw new LinkException(settings.url() + ": " + whyNot(Path.of(settings.path())));
        }
        return new SerialLink(settings, port);
    }

    @Override
    void send(byte[] bytes) throws IOException {
        int sent = 0;
        while (sent < bytes.length) {
            int count = port.writeBytes(bytes, bytes.length - sent, sent);
            if (count <= 0) {
                throw new IOException("the port took " + sent + " of " + bytes.length + " bytes");
            }
            sent += count;
        }
    }

    @Override
    void release() {
        closing = true;
        join(reader);
        if (!port.closePort()) {
            LOG.log(Level.WARNING, "{0} did not close; the operating system frees it when the process ends", url());
        }
    }

    private void readLoop() {
        byte[] buffer = new byte[4_096];
        while (!closing && state() == LinkState.OPEN) {
            int count = port.readBytes(buffer, buffer.length);
            if (count > 0) {
                received(buffer, count);
            } else if (count < 0) {
                lost("the port cannot be read any more");
            } else if (isGone()) {
                lost("the device " + device + " is gone");
            }
        }
    }

    /** Ports that are not files (COM3) report a failed read instead. */
    private boolean isGone() {
        return device.startsWith("/dev") && !Files.exists(device);
    }

    private static String whyNot(Path device) {
        if (Files.exists(device) && !(Files.isReadable(device) && Files.isWritable(device))) {
            return "this account may not use " + device + "; it belongs to group " + groupOf(device)
                    + ": add the account to that group and log in again";
        }
        return device + " could not be opened; another program may hold it, or it refuses these settings";
    }

    private static String groupOf(Path device) {
        try {
            return Files.readAttributes(device.toRealPath(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .group()
                    .getName();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "the group of a serial device cannot be read", e);
            return "(unknown)";
        }
    }

    private static int stopBits(String word) {
        return switch (word) {
            case "1" -> SerialPort.ONE_STOP_BIT;
            case "1.5" -> SerialPort.ONE_POINT_FIVE_STOP_BITS;
            default -> SerialPort.TWO_STOP_BITS;
        };
    }

    private static int parity(String word) {
        return switch (word) {
            case "even" -> SerialPort.EVEN_PARITY;
            case "odd" -> SerialPort.ODD_PARITY;
            case "mark" -> SerialPort.MARK_PARITY;
            case "space" -> SerialPort.SPACE_PARITY;
            default -> SerialPort.NO_PARITY;
        };
    }

    private static int flow(String word) {
        return switch (word) {
            case "rtscts" -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
            case "xonxoff" -> SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
            default -> SerialPort.FLOW_CONTROL_DISABLED;
        };
    }
}
