package io.gatehouse.codes.bundle;

import io.gatehouse.codes.revoke.StatusListOptions;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Takes one bundle after the other, {@code <database> <first counter>}, and says so, a line each, until it is killed. */
final class InstallingProgram {
    private InstallingProgram() {}

    public static void main(String[] arguments) throws Exception {
        BundleSigner signer = BundleSigner.create(Bundles.BUNDLES);
        try (Store store = Stores.open(Path.of(arguments[0]));
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            GateBundle gate = GateBundle.open(store, Bundles.PINNED, StatusListOptions.HOUSE, Bundles.NOON);
            for (int counter = Integer.parseInt(arguments[1]); ; counter++) {
                gate.install(signer.sign(Bundles.bundle(counter, Bundles.NOON)), Bundles.NOON);
                out.write((gate.counter() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    static Process start(Path database, long first) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstallingProgram.class.getName(),
                        database.toString(),
                        Long.toString(first)))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        database.resolveSibling("errors").toFile()))
                .start();
    }
}
