package io.gatehouse.biometrics.model;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.NoFace;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.core.frame.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The child of {@link NoConnectionTest}: counts what asks for a socket. */
final class NetworkWatch {
    private NetworkWatch() {}

    @SuppressWarnings("deprecation") // The factory of sockets is the only hook under all of java.net.
    public static void main(String[] arguments) throws IOException {
        Socket.setSocketImplFactory(() -> {
            WatchedSelectors.ATTEMPTS.add("socket");
            throw new IllegalStateException("no sockets here");
        });
        analyse();
        List<String> byAnalysis = new ArrayList<>(WatchedSelectors.ATTEMPTS);
        System.out.println("attempts by the analysis: " + byAnalysis);

        WatchedSelectors.ATTEMPTS.clear();
        InetSocketAddress nearby = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        attempt(() -> new Socket().connect(nearby));
        attempt(() -> SocketChannel.open(nearby));
        attempt(DatagramChannel::open);
        System.out.println("attempts by the test: " + WatchedSelectors.ATTEMPTS);
        System.exit(byAnalysis.isEmpty() ? 0 : 1);
    }

    private static void analyse() {
        Frame grey = Frame.ofBgr(320, 240, new byte[320 * 240 * 3], Instant.EPOCH, "test");
        try (FaceAnalyser analyser =
                FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE)) {
            System.out.println("analysed: "
                    + analyser.analyse(grey)
                            .fold(
                                    faces -> "faces",
                                    (NoFace none) -> none.reason().code()));
        }
    }

    private static void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException | IllegalStateException e) {
            System.out.println("refused as it should be: " + e.getMessage());
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }
}
