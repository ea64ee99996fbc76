package io.gatehouse.devices.link;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;

/** A TCP connection to a device or a serial server. */
final class TcpLink extends QueuedLink {
    private static final Logger LOG = System.getLogger(TcpLink.class.getName());
    private static final int MAX_CONNECT_MILLIS = 60_000;

    private final Socket socket;
    private final Thread reader;

    private TcpLink(String url, Socket socket) {
        super(url);
        this.socket = socket;
        this.reader = startReader(this::readLoop);
    }

    static Link open(LinkUrl url) throws LinkException {
        url.requireOnly(Set.of("connectMillis"));
        int colon = url.address().lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("a TCP link is written tcp:host:port, not " + url.text());
        }
        String host = url.address().substring(0, colon);
        int port = LinkUrl.number(url.text(), "port", url.address().substring(colon + 1), 1, 65_535);
        int connectMillis = url.number("connectMillis", 3_000, 1, MAX_CONNECT_MILLIS);
        Socket socket = new Socket();
        try {
            // A door's command is a few bytes that must not wait for more.
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), connectMillis);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new LinkException(
                    url.text() + " could not be connected within " + connectMillis + " ms: " + e.getMessage(), e);
        }
        return new TcpLink(url.text(), socket);
    }

    @Override
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    void release() {
        closeQuietly(socket);
        join(reader);
    }

    private void readLoop() {
        byte[] buffer = new byte[4_096];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                received(buffer, count);
            }
            lost("the other side hung up");
        } catch (IOException e) {
            lost(e.getMessage());
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a socket did not close cleanly", e);
        }
    }
}
