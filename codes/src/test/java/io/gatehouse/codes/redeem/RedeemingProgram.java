package io.gatehouse.codes.redeem;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A gate in a Java of its own: {@code <store URL> <portal> <codes> <dies>}. Says {@code ready}, waits for a line, presents
 * the codes one after the other and says {@code opened <code>} for each that opened the door. If it dies, it does so while
 * the door is told to open, between reservation and confirmation.
 */
final class RedeemingProgram {
    private RedeemingProgram() {}

    public static void main(String[] arguments) throws Exception {
        int codes = Integer.parseInt(arguments[2]);
        boolean dies = Boolean.parseBoolean(arguments[3]);
        try (Store store = Stores.open(arguments[0])) {
            Gate gate = GateSide.gate(arguments[1], JdbcRedemptions.create(store), () -> {
                        if (dies) {
                            Runtime.getRuntime().halt(137);
                        }
                        return new Actuation.Done();
                    })
                    .build();
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            for (int code = 0; code < codes; code++) {
                if (gate.present(GateSide.code("code-" + code)).isOpened()) {
                    System.out.println("opened " + code);
                }
            }
            System.out.println("done");
        }
    }

    static Process start(Path errors, String url, String portal, int codes, boolean dies) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedeemingProgram.class.getName(),
                        url,
                        portal,
                        Integer.toString(codes),
                        Boolean.toString(dies)))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }
}
