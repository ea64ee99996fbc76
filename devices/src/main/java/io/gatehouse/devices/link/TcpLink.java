package io.gatehouse.devices.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a device or a serial server. Connecting ends when its thread is interrupted, except while the name is
 * looked up. A peer that vanished without a word is noticed by keep-alive probes after about half a minute where the
 * platform lets them be set.
 */
final class TcpLink extends QueuedLink {
    private static final Logger LOG = System.getLogger(TcpLink.class.getName());
    private static final int READ_MILLIS = 500;
    private static final Map<SocketOption<Integer>, Integer> PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 15,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    private final SocketChannel channel;
    private final Thread reader;

    private TcpLink(String url, SocketChannel channel) {
        super(url);
        this.channel = channel;
        this.reader = startReader(this::readLoop);
    }

    static Link open(TcpSettings settings) throws LinkException {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            setUp(channel);
            connect(channel, settings);
            return new TcpLink(settings.url(), channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new LinkException(settings.url() + " could not be connected: " + e.getMessage(), e);
        }
    }

    private static void setUp(SocketChannel channel) throws IOException {
        // A door's command is a few bytes that must not wait for more.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> probe : PROBES.entrySet()) {
            if (channel.supportedOptions().contains(probe.getKey())) {
                channel.setOption(probe.getKey(), probe.getValue());
            }
        }
    }

    /** By a selector, for an interruption ends it and a blocking connect would not be ended. */
    private static void connect(SocketChannel channel, TcpSettings settings) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the name " + settings.host() + " is not known");
        }
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            if (!channel.connect(address)) {
                channel.register(selector, SelectionKey.OP_CONNECT);
                selector.select(settings.connectMillis());
                if (Thread.currentThread().isInterrupted()) {
                    throw new ConnectException("interrupted");
                }
                if (!channel.finishConnect()) {
                    throw new SocketTimeoutException("no answer within " + settings.connectMillis() + " ms");
                }
            }
        }
        // Only once no selector knows it.
        channel.configureBlocking(true);
        channel.socket().setSoTimeout(READ_MILLIS);
    }

    @Override
    void send(byte[] bytes) throws IOException {
        // A channel is closed under a thread that is interrupted, and the link would be lost with it.
        boolean isInterrupted = Thread.interrupted();
        try {
            OutputStream out = channel.socket().getOutputStream();
            out.write(bytes);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A connection that is closed as usual goes on sending; one that is reset does not. */
    @Override
    void discardUnsent() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            LOG.log(Level.WARNING, url() + " may still send what was abandoned", e);
        }
        closeQuietly(channel);
        lost("what was written without an answer is not to arrive later");
    }

    @Override
    void release() {
        closeQuietly(channel);
        join(reader);
    }

    private void readLoop() {
        byte[] buffer = new byte[4_096];
        try {
            Socket socket = channel.socket();
            InputStream in = socket.getInputStream();
            int count = 0;
            while (count >= 0 && !isWriteStuck()) {
                count = read(in, buffer);
                if (count > 0) {
                    received(buffer, count);
                }
            }
            if (count < 0) {
                lost("the other side hung up");
            } else {
                discardUnsent();
            }
        } catch (IOException e) {
            lost(e.getMessage());
        }
    }

    /** How many came; 0 if none within the time that is waited at once, negative at the end. */
    private static int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (SocketTimeoutException nothingCame) {
            return 0;
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket did not close cleanly", e);
        }
    }
}
