package io.gatehouse.biometrics.model;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Under {@link NetworkWatch}: opens no channel and notes who asked for one. */
public final class WatchedSelectors extends SelectorProvider {
    static final List<String> ATTEMPTS = new CopyOnWriteArrayList<>();

    public WatchedSelectors() {}

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        throw refused("datagram");
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        throw refused("datagram");
    }

    @Override
    public Pipe openPipe() throws IOException {
        throw refused("pipe");
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        throw refused("selector");
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        throw refused("server");
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        throw refused("channel");
    }

    private static IOException refused(String what) {
        ATTEMPTS.add(what);
        return new IOException("no " + what + " here");
    }
}
