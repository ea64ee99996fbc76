package io.gatehouse.devices.house;

import io.gatehouse.devices.link.Link;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/**
 * A socket in front of a simulated board, as a serial server has: whoever connects speaks with the board, one after the
 * other, and the board outlives them all.
 */
public final class BoardSocket implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BoardSocket.class.getName());

    private final ServerSocket server;
    private final Link board;
    private volatile Socket connected = new Socket();

    private BoardSocket(ServerSocket server, Link board) {
        this.server = server;
        this.board = board;
    }

    /** Serves this end of a link in memory; the board is at the other. */
    public static BoardSocket open(Link board) throws IOException {
        BoardSocket socket = new BoardSocket(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), board);
        start(socket::accept);
        start(socket::answer);
        return socket;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "board-socket");
        thread.setDaemon(true);
        thread.start();
    }

    /** What to open it by. */
    public String url() {
        return "tcp:localhost:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                connected = socket;
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[256];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    board.write(Arrays.copyOf(buffer, count));
                }
            } catch (IOException e) {
                // The next one is welcome.
                LOG.log(Level.DEBUG, "whoever was connected is gone", e);
            }
        }
    }

    /** One thread for all of them: a second would take the next one's answers. */
    private void answer() {
        try {
            while (true) {
                byte[] bytes = board.read(Duration.ofSeconds(1));
                if (bytes.length > 0) {
                    send(bytes);
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closed", e);
        }
    }

    private void send(byte[] bytes) {
        try {
            connected.getOutputStream().write(bytes);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "an answer for somebody who is gone", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connected.close();
        board.close();
    }
}
