package io.gatehouse.devices.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A serial port through jSerialComm. Its read timeouts are whole tenths of a second and its {@code isOpen} stays true
 * after an unplug, so a reader of our own takes bytes as they come, and looks whether the device is still there
 * whenever nothing came. The port is closed by whoever closes the link, after the reader has ended: closing it under a
 * read in progress can block. A write that the port does not take (a flow control that never lets go) is ended by closing the
 * port under it, which discards what has not gone out.
 */
final class SerialLink extends QueuedLink {
    private static final Logger LOG = System.getLogger(SerialLink.class.getName());
    private static final int READ_MILLIS = 100;

    private final SerialPort port;
    private final SerialDevice device;
    private final Thread reader;
    private volatile boolean closing;

    private SerialLink(SerialSettings settings, SerialPort port, SerialDevice device) {
        super(settings.url());
        this.port = port;
        this.device = device;
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
        // Looked at before opening: a device that is replaced in between is noticed as gone.
        SerialDevice device = SerialDevice.at(settings.path());
        if (!port.openPort(0)) {
            throw new LinkException(settings.url() + ": " + device.whyNot());
        }
        return new SerialLink(settings, port, device);
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

    /** Such as what a flow control holds back. */
    @Override
    void discardUnsent() {
        if (!port.flushIOBuffers()) {
            lost("the port does not forget what it has not sent");
        }
    }

    @Override
    void release() {
        closing = true;
        join(reader);
        if (port.isOpen() && !port.closePort()) {
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
            } else if (device.isGone()) {
                lost("the device " + device + " is gone");
            } else if (isWriteStuck()) {
                port.flushIOBuffers();
                port.closePort();
                lost("the device " + device + " takes no bytes");
            }
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
